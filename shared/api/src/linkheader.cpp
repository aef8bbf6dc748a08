// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/api/linkheader.h>

#include <QList>
#include <QUrlQuery>

#include <algorithm>
#include <cctype>
#include <cstring>

namespace graminsta::api
{

namespace
{

// Names and values, already percent-encoded.
using RawQuery = QList<QPair<QByteArray, QByteArray>>;

// As sent, but with nothing in it that a Link header or its readers could stumble over.
QByteArray reencoded(QByteArrayView text)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    QByteArray safe;
    safe.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || std::strchr("-._~%+!*'()/:@$?", c)) {
            safe.append(c);
        } else {
            const char escaped[] = { '%', kDigits[byte >> 4], kDigits[byte & 0xf] };
            safe.append(escaped, sizeof escaped);
        }
    }
    return safe;
}

bool isPosition(const QByteArray &name)
{
    const QByteArray plain = QByteArray::fromPercentEncoding(name);
    return plain == "max_id" || plain == "min_id" || plain == "since_id";
}

RawQuery queryWithoutPosition(QByteArrayView query)
{
    RawQuery kept;
    for (const QByteArray &pair : query.toByteArray().split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = equals < 0 ? pair : pair.left(equals);
        if (!name.isEmpty() && !isPosition(name))
            kept.append({ reencoded(name), equals < 0 ? QByteArray() : reencoded(pair.mid(equals + 1)) });
    }
    return kept;
}

void appendLink(QByteArray &header, const QByteArray &address, const char *cursor, qint64 at, const char *relation)
{
    header.append('<').append(address).append(cursor).append('=').append(QByteArray::number(at));
    header.append(">; rel=\"").append(relation).append('"');
}

QByteArrayView trimmedStart(QByteArrayView text)
{
    while (!text.isEmpty() && (text.front() == ' ' || text.front() == '\t' || text.front() == ','))
        text = text.sliced(1);
    return text;
}

// The parameters of one link: up to the comma that is not within quotes. Moves `rest` behind it.
QByteArrayView takeParameters(QByteArrayView &rest)
{
    bool quoted = false;
    qsizetype end = 0;
    for (; end < rest.size(); ++end) {
        if (rest[end] == '"')
            quoted = !quoted;
        else if (rest[end] == ',' && !quoted)
            break;
    }
    const QByteArrayView parameters = rest.first(end);
    rest = rest.sliced(end);
    return parameters;
}

// The words of `rel`, in lower case.
QList<QByteArray> relationsOf(QByteArrayView parameters)
{
    for (const QByteArray &parameter : parameters.toByteArray().split(';')) {
        const qsizetype equals = parameter.indexOf('=');
        if (equals < 0 || parameter.left(equals).trimmed().toLower() != "rel")
            continue;
        QByteArray value = parameter.mid(equals + 1).trimmed();
        value.replace('"', "");
        return value.toLower().simplified().split(' ');
    }
    return {};
}

bool hasCursor(const QUrl &url, std::initializer_list<const char *> names)
{
    const QUrlQuery query(url);
    return std::any_of(names.begin(), names.end(),
                       [&query](const char *name) { return query.hasQueryItem(QLatin1String(name)); });
}

} // namespace

QByteArray pageLinks(const QString &baseUrl, QByteArrayView rawTarget, qint64 newest, qint64 oldest)
{
    const qsizetype mark = rawTarget.indexOf('?');
    QByteArray address = baseUrl.toUtf8() + reencoded(mark < 0 ? rawTarget : rawTarget.first(mark)) + '?';
    for (const auto &[name, value] : queryWithoutPosition(mark < 0 ? QByteArrayView {} : rawTarget.sliced(mark + 1)))
        address.append(name).append('=').append(value).append('&');
    QByteArray header;
    appendLink(header, address, "max_id", oldest, "next");
    header.append(", ");
    appendLink(header, address, "min_id", newest, "prev");
    return header;
}

PageLinks parseLinkHeader(QByteArrayView header, const QUrl &requestUrl)
{
    PageLinks links;
    for (QByteArrayView rest = trimmedStart(header); !rest.isEmpty(); rest = trimmedStart(rest)) {
        const qsizetype close = rest.indexOf('>');
        if (rest.front() != '<' || close < 0)
            break;
        const QUrl url = requestUrl.resolved(QUrl::fromEncoded(rest.sliced(1, close - 1).toByteArray()));
        rest = rest.sliced(close + 1);
        const QList<QByteArray> relations = relationsOf(takeParameters(rest));
        if (relations.contains("next") && links.next.isEmpty())
            links.next = url;
        if ((relations.contains("prev") || relations.contains("previous")) && links.prev.isEmpty())
            links.prev = url;
    }
    if (hasCursor(links.next, { "min_id", "since_id" }) && hasCursor(links.prev, { "max_id" }))
        std::swap(links.next, links.prev);
    return links;
}

} // namespace graminsta::api
