// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

using entities::MarkedTimeline;

constexpr MarkedTimeline kMarkedTimelines[] = { MarkedTimeline::Home, MarkedTimeline::Notifications };

Result<Response> showMarkers(const RequestContext &context, const Services &services)
{
    const QStringList names = context.parameters.list(QStringLiteral("timeline"));
    QList<MarkedTimeline> wanted;
    for (const MarkedTimeline timeline : kMarkedTimelines) {
        if (names.contains(markedTimelineName(timeline)))
            wanted.append(timeline);
    }
    return Response::json(
        json::encode(markerViews(GI_TRY(services.markers.show(context.viewer, wanted, context.deadline)))));
}

// Mastodon counts versions and answers 409 where two clients meet, but lets nobody say which one they know: "version"
// is ours.
Result<Response> setMarkers(const RequestContext &context, const Services &services)
{
    QList<domain::MarkerChange> changes;
    for (const MarkedTimeline timeline : kMarkedTimelines) {
        const QString name = markedTimelineName(timeline);
        const std::optional<QString> id = context.parameters.text(name + QStringLiteral("[last_read_id]"));
        if (!id)
            continue;
        const std::optional<qint64> number = parseIdNumber(*id);
        if (!number)
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Validation failed: %1[last_read_id] must be an id").arg(name));
        changes.append({ timeline, *number, GI_TRY(context.parameters.integer(name + QStringLiteral("[version]"))) });
    }
    return Response::json(
        json::encode(markerViews(GI_TRY(services.markers.set(context.viewer, changes, context.deadline)))));
}

Result<Response> preferences(const RequestContext &context, const Services &services)
{
    const domain::OwnAccount own = GI_TRY(services.showAccounts.own(context.viewer, context.deadline));
    return Response::json(json::encode(model::Preferences { visibilityName(own.user.defaultVisibility),
                                                            own.user.defaultSensitive, own.user.defaultLanguage }));
}

} // namespace

void addReadingHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("markers.show", [&](const RequestContext &context) { return showMarkers(context, services); });
    table.insert("markers.set", [&](const RequestContext &context) { return setMarkers(context, services); });
    table.insert("preferences.show", [&](const RequestContext &context) { return preferences(context, services); });
}

} // namespace graminsta::handlers
