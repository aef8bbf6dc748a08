// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/search/searchquery.h>

#include <graminsta/core/idgenerator.h>

#include <QDate>
#include <QHash>

#include <algorithm>
#include <functional>

namespace graminsta::domain
{

namespace
{

constexpr int kMostParts = 24;

struct Part {
    QString text;
    bool isNegated = false;
    bool isQuoted = false;
};

bool isQuote(QChar c)
{
    return c == QLatin1Char('"') || c == QChar(0x201C) || c == QChar(0x201D) || c == QChar(0x201E);
}

// Where the piece that begins at `at` ends: at a space, but not inside quotes ("from:" may have a quoted value).
QList<Part> partsOf(const QString &text)
{
    QList<Part> parts;
    for (qsizetype at = 0; at < text.size() && parts.size() < kMostParts;) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        Part part;
        if (text[at] == QLatin1Char('-') && at + 1 < text.size() && !text[at + 1].isSpace()) {
            part.isNegated = true;
            ++at;
        }
        part.isQuoted = isQuote(text[at]);
        if (part.isQuoted)
            ++at;
        const qsizetype begin = at;
        while (at < text.size() && (part.isQuoted ? !isQuote(text[at]) : !text[at].isSpace()))
            ++at;
        part.text = text.mid(begin, at - begin);
        if (part.isQuoted)
            ++at;
        parts.append(part);
    }
    return parts;
}

using Apply = std::function<bool(SearchQuery &, const QString &value, bool isNegated)>;

void atMost(ports::StatusSearch &search, qint64 below)
{
    search.below = search.below > 0 ? std::min(search.below, below) : below;
}

void atLeast(ports::StatusSearch &search, qint64 first)
{
    search.above = std::max(search.above, first - 1);
}

// False if the value is no day.
bool applyDay(SearchQuery &query, const QString &value, bool fromItsBegin, bool toItsEnd)
{
    const QDate day = QDate::fromString(value, Qt::ISODate);
    if (!day.isValid() || day.year() > 9999)
        return false;
    const Timestamp begin = fromUnixMs(day.startOfDay(Qt::UTC).toMSecsSinceEpoch());
    const Timestamp end = begin + std::chrono::days { 1 };
    // No post is older than ids are.
    if (fromItsBegin)
        atLeast(query.search, std::max<qint64>(firstIdAt(std::max(begin, kIdEpoch)), 1));
    if (toItsEnd)
        atMost(query.search, std::max<qint64>(firstIdAt(std::max(end, kIdEpoch)), 1));
    return true;
}

bool applyBefore(SearchQuery &query, const QString &value, bool isNegated)
{
    const QDate day = QDate::fromString(value, Qt::ISODate);
    if (!day.isValid())
        return false;
    return isNegated ? applyDay(query, value, true, false)
                     : applyDay(query, day.addDays(-1).toString(Qt::ISODate), false, true);
}

bool applyAfter(SearchQuery &query, const QString &value, bool isNegated)
{
    const QDate day = QDate::fromString(value, Qt::ISODate);
    if (!day.isValid())
        return false;
    return isNegated ? applyDay(query, value, false, true)
                     : applyDay(query, day.addDays(1).toString(Qt::ISODate), true, false);
}

bool applyDuring(SearchQuery &query, const QString &value, bool isNegated)
{
    return !isNegated && applyDay(query, value, true, true);
}

bool applyFrom(SearchQuery &query, const QString &value, bool isNegated)
{
    (isNegated ? query.notFrom : query.from).append(value);
    return true;
}

// Sets a yes or no; both at once is impossible.
void demand(SearchQuery &query, std::optional<bool> &member, bool value)
{
    query.isImpossible = query.isImpossible || (member && *member != value);
    member = value;
}

bool applyHas(SearchQuery &query, const QString &value, bool isNegated)
{
    if (value == QLatin1String("media") || value == QLatin1String("image"))
        demand(query, query.search.hasMedia, !isNegated);
    else if (value == QLatin1String("link"))
        demand(query, query.search.hasLink, !isNegated);
    else
        query.isImpossible = query.isImpossible || !isNegated;
    return true;
}

bool applyIs(SearchQuery &query, const QString &value, bool isNegated)
{
    if (value == QLatin1String("sensitive"))
        demand(query, query.search.isSensitive, !isNegated);
    else if (value == QLatin1String("reply"))
        demand(query, query.search.isComment, !isNegated);
    else
        query.isImpossible = query.isImpossible || !isNegated;
    return true;
}

bool applyIn(SearchQuery &query, const QString &value, bool isNegated)
{
    if (isNegated || (value != QLatin1String("library") && value != QLatin1String("public")))
        return value == QLatin1String("all");
    query.search.onlyLibrary = query.search.onlyLibrary || value == QLatin1String("library");
    query.search.onlyPublic = query.search.onlyPublic || value == QLatin1String("public");
    return true;
}

bool applyLanguage(SearchQuery &query, const QString &value, bool isNegated)
{
    if (isNegated)
        return false;
    query.isImpossible = query.isImpossible || (!query.search.language.isEmpty() && query.search.language != value);
    query.search.language = value;
    return true;
}

// False if it is no operator after all.
bool applyOperator(SearchQuery &query, const Part &part)
{
    static const QHash<QString, Apply> operators {
        { QStringLiteral("from"), applyFrom },     { QStringLiteral("has"), applyHas },
        { QStringLiteral("is"), applyIs },         { QStringLiteral("in"), applyIn },
        { QStringLiteral("before"), applyBefore }, { QStringLiteral("after"), applyAfter },
        { QStringLiteral("during"), applyDuring }, { QStringLiteral("language"), applyLanguage },
    };
    const qsizetype colon = part.isQuoted ? -1 : part.text.indexOf(QLatin1Char(':'));
    if (colon < 1 || colon + 1 >= part.text.size())
        return false;
    const auto apply = operators.constFind(part.text.left(colon).toLower());
    return apply != operators.cend() && (*apply)(query, part.text.mid(colon + 1).toLower(), part.isNegated);
}

} // namespace

bool SearchQuery::isEmpty() const
{
    return search.wanted.isEmpty() && from.isEmpty() && !search.hasMedia && !search.hasLink && !search.isSensitive
        && !search.isComment && search.language.isEmpty() && !search.onlyLibrary && search.above == 0
        && search.below == 0;
}

SearchQuery parseSearchQuery(const QString &text)
{
    SearchQuery query;
    for (const Part &part : partsOf(text.left(kLongestQuery))) {
        if (!applyOperator(query, part))
            (part.isNegated ? query.search.unwanted : query.search.wanted).append(part.text);
    }
    return query;
}

} // namespace graminsta::domain
