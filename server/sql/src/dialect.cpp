// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QList>

namespace graminsta::sql
{

namespace
{

// SQLite has no LATERAL: a correlated IN is planned as one look-up by row id for each id that the query gives.
QByteArray sqliteWord(const QList<QByteArray> &words)
{
    const QByteArray &word = words.first();
    if (word == "in" || word == "in-texts")
        return "IN (SELECT value FROM json_each(" + words.value(1) + "))";
    if (word == "rows-of-texts")
        return "json_each(" + words.value(1) + ") " + words.value(2);
    if (word == "each")
        return "CROSS JOIN " + words.value(2, "statuses") + ' ' + words.value(1) + " ON " + words.value(1) + ".id IN";
    if (word == "end" || word == "for" || word == "and-id")
        return {};
    if (word == "id")
        return "INTEGER PRIMARY KEY";
    if (word == "key")
        return "text";
    Q_ASSERT(word == "blob");
    return "blob";
}

QByteArray postgresWord(const QList<QByteArray> &words)
{
    const QByteArray &word = words.first();
    if (word == "in")
        return "= ANY (" + words.value(1) + "::bigint[])";
    if (word == "in-texts")
        return "= ANY (" + words.value(1) + "::text[])";
    if (word == "rows-of-texts")
        return "unnest(" + words.value(1) + "::text[]) AS " + words.value(2) + "(value)";
    if (word == "each")
        return "CROSS JOIN LATERAL";
    if (word == "end")
        return words.value(1);
    if (word == "for")
        return words.size() > 2 ? "FOR UPDATE SKIP LOCKED" : "FOR UPDATE";
    if (word == "and-id")
        return ", id";
    if (word == "id")
        return "bigint PRIMARY KEY";
    if (word == "key")
        return "text COLLATE \"C\"";
    Q_ASSERT(word == "blob");
    return "bytea";
}

} // namespace

QByteArray translate(Dialect dialect, const QByteArray &sql)
{
    QByteArray out;
    out.reserve(sql.size() + 64);
    for (qsizetype at = 0; at < sql.size(); ++at) {
        const qsizetype close = sql.at(at) == '{' ? sql.indexOf('}', at) : -1;
        if (close < 0) {
            out += sql.at(at);
            continue;
        }
        const QList<QByteArray> words = sql.mid(at + 1, close - at - 1).split(' ');
        out += dialect == Dialect::Sqlite ? sqliteWord(words) : postgresWord(words);
        at = close;
    }
    // Our texts hold no literal '?', so that this is safe.
    return dialect == Dialect::Sqlite ? out : out.replace('?', '$');
}

QByteArray listParameter(Dialect dialect, const QList<qint64> &numbers)
{
    QByteArray out;
    out.reserve(numbers.size() * 20 + 2);
    out += dialect == Dialect::Sqlite ? '[' : '{';
    for (const qint64 number : numbers) {
        if (out.size() > 1)
            out += ',';
        out += QByteArray::number(number);
    }
    return out += dialect == Dialect::Sqlite ? ']' : '}';
}

QByteArray listParameter(Dialect dialect, const QStringList &texts)
{
    if (dialect == Dialect::Sqlite)
        return QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact);
    QByteArray out = "{";
    for (const QString &text : texts) {
        if (out.size() > 1)
            out += ',';
        out += '"' + text.toUtf8().replace('\\', "\\\\").replace('"', "\\\"") + '"';
    }
    return out += '}';
}

} // namespace graminsta::sql
