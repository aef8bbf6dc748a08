// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v2/filters, and /api/v1/filters as a view of the same: there each keyword is a filter.
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using domain::FilterChange;
using domain::KeywordChange;
using http::RequestContext;
using http::Response;

namespace
{

// 0 where one is not the name of one.
std::optional<int> contextsParameter(const RequestContext &context)
{
    const QString name = QStringLiteral("context");
    if (!context.parameters.contains(name))
        return std::nullopt;
    int contexts = 0;
    for (const QString &one : context.parameters.list(name)) {
        const int bit = filterContextFromName(one);
        if (bit == 0)
            return 0;
        contexts |= bit;
    }
    return contexts;
}

Result<std::optional<entities::FilterAction>> actionParameter(const RequestContext &context)
{
    const QString name = context.parameters.text(QStringLiteral("filter_action")).value_or(QString());
    if (name.isEmpty())
        return std::optional<entities::FilterAction>();
    const std::optional<entities::FilterAction> action = filterActionFromName(name);
    if (!action)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Filter action must be warn, hide or blur"));
    return action;
}

// Empty: never.
Result<> readEnd(const RequestContext &context, const Clock &clock, FilterChange &change)
{
    const QString name = QStringLiteral("expires_in");
    if (!context.parameters.contains(name))
        return {};
    change.setsEnd = true;
    if (context.parameters.text(name).value_or(QString()).isEmpty())
        return {};
    constexpr qint64 kLongest = qint64 { 100 } * 365 * 24 * 3600;
    const qint64 seconds = GI_TRY(context.parameters.integer(name)).value_or(0);
    if (seconds < 0 || seconds > kLongest)
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: Expires in is out of range"));
    change.expiresAt = clock.now() + std::chrono::seconds { seconds };
    return {};
}

Result<KeywordChange> keywordChange(const http::Parameters &parameters, const QString &prefix, const QString &suffix)
{
    KeywordChange change;
    change.keyword = parameters.text(prefix + QStringLiteral("keyword") + suffix);
    change.wholeWord = GI_TRY(parameters.boolean(prefix + QStringLiteral("whole_word") + suffix));
    change.isRemoved = GI_TRY(parameters.boolean(prefix + QStringLiteral("_destroy") + suffix)).value_or(false);
    const QString id = parameters.text(prefix + QStringLiteral("id") + suffix).value_or(QString());
    if (id.isEmpty())
        return change;
    const std::optional<FilterKeywordId> known = FilterKeywordId::fromString(id);
    if (!known)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    change.id = *known;
    return change;
}

// "keywords_attributes[0][keyword]", as forms and JSON lists of objects come out; and "keywords_attributes[][keyword]",
// where one list says the keywords and another whether they are whole words.
Result<QList<KeywordChange>> keywordsParameter(const http::Parameters &parameters)
{
    const QString list = QStringLiteral("keywords_attributes[");
    QStringList indices;
    for (const QString &name : parameters.namesBeginningWith(list)) {
        const QString index = name.mid(list.size()).section(QLatin1Char(']'), 0, 0);
        if (!indices.contains(index))
            indices.append(index);
    }
    QList<KeywordChange> changes;
    for (const QString &index : std::as_const(indices)) {
        const QString prefix = list + index + QStringLiteral("][");
        const QString suffix = QStringLiteral("]");
        const QStringList keywords = parameters.list(prefix + QStringLiteral("keyword]"));
        if (keywords.size() < 2) {
            changes.append(GI_TRY(keywordChange(parameters, prefix, suffix)));
            continue;
        }
        const QStringList whole = parameters.list(prefix + QStringLiteral("whole_word]"));
        for (qsizetype i = 0; i < keywords.size(); ++i) {
            http::Parameters one;
            one.add(QStringLiteral("keyword"), keywords[i]);
            if (i < whole.size())
                one.add(QStringLiteral("whole_word"), whole[i]);
            changes.append(GI_TRY(keywordChange(one, QString(), QString())));
        }
    }
    return changes;
}

Result<FilterChange> changeParameters(const RequestContext &context, const Services &services)
{
    FilterChange change;
    change.title = context.parameters.text(QStringLiteral("title"));
    change.contexts = contextsParameter(context);
    change.action = GI_TRY(actionParameter(context));
    GI_TRY(readEnd(context, services.clock, change));
    change.keywords = GI_TRY(keywordsParameter(context.parameters));
    return change;
}

Response filterResponse(const entities::Filter &filter)
{
    return Response::json(json::encode(filterView(filter)));
}

Response keywordResponse(const entities::FilterKeyword &keyword)
{
    return Response::json(json::encode(filterKeywordView(keyword)));
}

Response statusResponse(const entities::FilterStatus &status)
{
    return Response::json(json::encode(filterStatusView(status)));
}

Result<Response> list(const RequestContext &context, const Services &services)
{
    QList<model::Filter> views;
    for (const entities::Filter &filter : GI_TRY(services.editFilters.list(context.viewer, context.deadline)))
        views.append(filterView(filter));
    return Response::json(json::encode(views));
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    const FilterChange change = GI_TRY(changeParameters(context, services));
    return filterResponse(GI_TRY(services.editFilters.create(context.viewer, change, context.deadline)));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const FilterId id = GI_TRY(context.pathId<FilterId>());
    return filterResponse(GI_TRY(services.editFilters.show(context.viewer, id, context.deadline)));
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const FilterId id = GI_TRY(context.pathId<FilterId>());
    const FilterChange change = GI_TRY(changeParameters(context, services));
    return filterResponse(GI_TRY(services.editFilters.change(context.viewer, id, change, context.deadline)));
}

Result<Response> remove(const RequestContext &context, const Services &services)
{
    const FilterId id = GI_TRY(context.pathId<FilterId>());
    GI_TRY(services.editFilters.remove(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> listKeywords(const RequestContext &context, const Services &services)
{
    const FilterId id = GI_TRY(context.pathId<FilterId>());
    const entities::Filter filter = GI_TRY(services.editFilters.show(context.viewer, id, context.deadline));
    return Response::json(json::encode(filterView(filter).keywords));
}

Result<Response> addKeyword(const RequestContext &context, const Services &services)
{
    const FilterId id = GI_TRY(context.pathId<FilterId>());
    KeywordChange change = GI_TRY(keywordChange(context.parameters, QString(), QString()));
    change.id = {};
    change.isRemoved = false;
    return keywordResponse(GI_TRY(services.editFilters.addKeyword(context.viewer, id, change, context.deadline)));
}

Result<Response> showKeyword(const RequestContext &context, const Services &services)
{
    const FilterKeywordId id = GI_TRY(context.pathId<FilterKeywordId>());
    return keywordResponse(GI_TRY(services.editFilters.keyword(context.viewer, id, context.deadline)).keyword);
}

Result<Response> updateKeyword(const RequestContext &context, const Services &services)
{
    KeywordChange change;
    change.id = GI_TRY(context.pathId<FilterKeywordId>());
    change.keyword = context.parameters.text(QStringLiteral("keyword"));
    change.wholeWord = GI_TRY(context.parameters.boolean(QStringLiteral("whole_word")));
    return keywordResponse(GI_TRY(services.editFilters.changeKeyword(context.viewer, change, context.deadline)));
}

Result<Response> removeKeyword(const RequestContext &context, const Services &services)
{
    const FilterKeywordId id = GI_TRY(context.pathId<FilterKeywordId>());
    GI_TRY(services.editFilters.removeKeyword(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> listStatuses(const RequestContext &context, const Services &services)
{
    const FilterId id = GI_TRY(context.pathId<FilterId>());
    const entities::Filter filter = GI_TRY(services.editFilters.show(context.viewer, id, context.deadline));
    return Response::json(json::encode(filterView(filter).statuses));
}

Result<Response> addStatus(const RequestContext &context, const Services &services)
{
    const FilterId id = GI_TRY(context.pathId<FilterId>());
    const std::optional<StatusId> status =
        StatusId::fromString(context.parameters.text(QStringLiteral("status_id")).value_or(QString()));
    if (!status)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return statusResponse(GI_TRY(services.editFilters.addStatus(context.viewer, id, *status, context.deadline)));
}

Result<Response> showStatus(const RequestContext &context, const Services &services)
{
    const FilterStatusId id = GI_TRY(context.pathId<FilterStatusId>());
    return statusResponse(GI_TRY(services.editFilters.status(context.viewer, id, context.deadline)));
}

Result<Response> removeStatus(const RequestContext &context, const Services &services)
{
    const FilterStatusId id = GI_TRY(context.pathId<FilterStatusId>());
    GI_TRY(services.editFilters.removeStatus(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> listAlone(const RequestContext &context, const Services &services)
{
    QList<model::FilterV1> views;
    for (const entities::Filter &filter : GI_TRY(services.editFilters.list(context.viewer, context.deadline))) {
        for (const entities::FilterKeyword &keyword : filter.keywords)
            views.append(filterV1View(filter, keyword));
    }
    return Response::json(json::encode(views));
}

Result<FilterChange> aloneParameters(const RequestContext &context, const Services &services, FilterKeywordId id)
{
    FilterChange change;
    KeywordChange keyword;
    keyword.id = id;
    keyword.keyword = context.parameters.text(QStringLiteral("phrase"));
    keyword.wholeWord = GI_TRY(context.parameters.boolean(QStringLiteral("whole_word")));
    change.contexts = contextsParameter(context);
    const std::optional<bool> irreversible = GI_TRY(context.parameters.boolean(QStringLiteral("irreversible")));
    if (irreversible)
        change.action = *irreversible ? entities::FilterAction::Hide : entities::FilterAction::Warn;
    GI_TRY(readEnd(context, services.clock, change));
    change.keywords.append(keyword);
    return change;
}

Result<Response> createAlone(const RequestContext &context, const Services &services)
{
    FilterChange change = GI_TRY(aloneParameters(context, services, {}));
    KeywordChange &keyword = change.keywords.first();
    keyword.wholeWord = keyword.wholeWord.value_or(false);
    change.title = keyword.keyword.value_or(QString()).left(domain::kLongestFilterTitle);
    if (change.title->trimmed().isEmpty())
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: Phrase can't be blank"));
    const entities::Filter filter = GI_TRY(services.editFilters.create(context.viewer, change, context.deadline));
    return Response::json(json::encode(filterV1View(filter, filter.keywords.first())));
}

Result<Response> showAlone(const RequestContext &context, const Services &services)
{
    const FilterKeywordId id = GI_TRY(context.pathId<FilterKeywordId>());
    const domain::KeywordOfFilter found = GI_TRY(services.editFilters.keyword(context.viewer, id, context.deadline));
    return Response::json(json::encode(filterV1View(found.filter, found.keyword)));
}

Result<Response> updateAlone(const RequestContext &context, const Services &services)
{
    const FilterKeywordId id = GI_TRY(context.pathId<FilterKeywordId>());
    const FilterChange change = GI_TRY(aloneParameters(context, services, id));
    const domain::KeywordOfFilter changed =
        GI_TRY(services.editFilters.changeAlone(context.viewer, id, change, context.deadline));
    return Response::json(json::encode(filterV1View(changed.filter, changed.keyword)));
}

Result<Response> removeAlone(const RequestContext &context, const Services &services)
{
    const FilterKeywordId id = GI_TRY(context.pathId<FilterKeywordId>());
    GI_TRY(services.editFilters.removeAlone(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addFilterHandlers(http::HandlerTable &table, const Services &services)
{
    using Function = Result<Response> (*)(const RequestContext &, const Services &);
    constexpr std::pair<const char *, Function> kHandlers[] = {
        { "filters.list", list },
        { "filters.create", create },
        { "filters.show", show },
        { "filters.update", update },
        { "filters.delete", remove },
        { "filters.keywords", listKeywords },
        { "filters.addKeyword", addKeyword },
        { "filters.keyword", showKeyword },
        { "filters.updateKeyword", updateKeyword },
        { "filters.deleteKeyword", removeKeyword },
        { "filters.statuses", listStatuses },
        { "filters.addStatus", addStatus },
        { "filters.status", showStatus },
        { "filters.deleteStatus", removeStatus },
        { "filters.listV1", listAlone },
        { "filters.createV1", createAlone },
        { "filters.showV1", showAlone },
        { "filters.updateV1", updateAlone },
        { "filters.deleteV1", removeAlone },
    };
    for (const auto &[name, function] : kHandlers)
        table.insert(name,
                     [&services, call = function](const RequestContext &context) { return call(context, services); });
}

} // namespace graminsta::handlers
