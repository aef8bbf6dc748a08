// SPDX-License-Identifier: GPL-3.0-or-later
#include "common.h"
#include "pixelfed/dialect.h"

#include "views/views.h"

#include <graminsta/api/linkheader.h>
#include <graminsta/json/encode.h>

#include <QDateTime>

#include <algorithm>

namespace graminsta::handlers
{

namespace
{

// As opaque as clients take ids: one that is none of ours bounds nothing.
qint64 bound(const http::RequestContext &context, const char *name)
{
    return parseIdNumber(context.parameters.text(QLatin1String(name)).value_or(QString())).value_or(0);
}

} // namespace

Result<entities::PageRequest> pageRequest(const http::RequestContext &context, PageLimits limits)
{
    entities::PageRequest page;
    page.maxId = bound(context, "max_id");
    page.sinceId = bound(context, "since_id");
    page.minId = bound(context, "min_id");
    const qint64 limit = GI_TRY(context.parameters.integer(QStringLiteral("limit"))).value_or(limits.standard);
    page.limit = int(std::clamp<qint64>(limit, 1, limits.maximum));
    return page;
}

http::Response pageResponse(const http::RequestContext &context, QByteArray body, const entities::PageBounds &bounds)
{
    http::Response response = http::Response::json(std::move(body));
    if (bounds.oldest != 0)
        response.headers.append(
            { "Link", api::pageLinks(context.baseUrl, context.rawTarget, bounds.newest, bounds.oldest) });
    return response;
}

http::Response accountPage(const http::RequestContext &context, const entities::Page<entities::Account> &page)
{
    return pageResponse(context, encoded(context, accountViews(page.rows, context.baseUrl)), page.bounds);
}

Result<Ranks> ranksRequest(const http::RequestContext &context, PageLimits limits)
{
    constexpr qint64 kMaxOffset = 100'000;
    const qint64 offset = GI_TRY(context.parameters.integer(QStringLiteral("offset"))).value_or(0);
    return Ranks { int(std::clamp<qint64>(offset, 0, kMaxOffset)), GI_TRY(pageRequest(context, limits)).limit };
}

Result<bool> flag(const http::RequestContext &context, const QString &name)
{
    return GI_TRY(context.parameters.boolean(name)).value_or(false);
}

Result<std::optional<entities::Visibility>> visibilityParameter(const http::RequestContext &context)
{
    const std::optional<QString> name = context.parameters.text(QStringLiteral("visibility"));
    if (!name || name->isEmpty())
        return std::optional<entities::Visibility> {};
    const std::optional<entities::Visibility> visibility = visibilityFromName(*name);
    if (!visibility)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Visibility must be public, unlisted, private or direct"));
    return visibility;
}

Result<std::optional<QList<MediaId>>> mediaIds(const http::RequestContext &context)
{
    const QString name = QStringLiteral("media_ids");
    if (!context.parameters.contains(name))
        return std::optional<QList<MediaId>> {};
    QStringList given = context.parameters.list(name);
    // A form cannot say "none" in another way.
    given.removeAll(QString());
    const QList<MediaId> ids = idList<MediaId>(context, name);
    if (ids.size() != given.size())
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: media_ids must be the ids of your uploads, each once"));
    return std::optional<QList<MediaId>>(ids);
}

Result<std::optional<entities::License>> licenseParameter(const http::RequestContext &context, const QString &name)
{
    const QString text = context.parameters.text(name).value_or(QString());
    if (text.isEmpty())
        return std::optional<entities::License>();
    if (const std::optional<entities::License> license = licenseFromText(text))
        return license;
    QStringList known;
    for (const model::License &license : licenseViews())
        known.append(QStringLiteral("%1 (%2)").arg(license.id).arg(license.title));
    return makeError(Fault::Unprocessable,
                     QStringLiteral("Validation failed: License must be one of ") + known.join(QLatin1String(", ")));
}

http::Response tokenResponse(const domain::IssuedToken &issued)
{
    return http::Response::json(json::encode(model::Token { QString::fromLatin1(issued.token), QStringLiteral("Bearer"),
                                                            issued.row.scopes, issued.row.createdAt }))
        .withHeader("Cache-Control", "no-store");
}

Result<std::optional<Timestamp>> scheduledAt(const http::RequestContext &context)
{
    const QString text = context.parameters.text(QStringLiteral("scheduled_at")).value_or(QString()).trimmed();
    if (text.isEmpty())
        return std::optional<Timestamp>();
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid() || time.date().year() > 9999)
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: Scheduled at is not a time"));
    // Without a zone it is UTC: where the server stands is nobody's business.
    const bool isLocal = time.timeSpec() == Qt::LocalTime;
    const QDateTime utc = isLocal ? QDateTime(time.date(), time.time(), Qt::UTC) : time;
    return std::optional(fromUnixMs(utc.toMSecsSinceEpoch()));
}

http::Response statusResponse(const http::RequestContext &context, const domain::StatusSet &set)
{
    return http::Response::json(encoded(context, statusView(set, context.baseUrl)));
}

http::Response timelineResponse(const http::RequestContext &context, const domain::StatusPage &page)
{
    return pageResponse(context, encoded(context, statusViews(page.set, context.baseUrl)), page.bounds);
}

Result<std::optional<entities::FocusPoint>> focusParameter(const http::RequestContext &context, const QString &name)
{
    const std::optional<QString> text = context.parameters.text(name);
    if (!text || text->isEmpty())
        return std::optional<entities::FocusPoint> {};
    const QStringList parts = text->split(QLatin1Char(','));
    bool xIsNumber = false;
    bool yIsNumber = false;
    entities::FocusPoint focus;
    focus.x = parts.value(0).toDouble(&xIsNumber);
    focus.y = parts.value(1).toDouble(&yIsNumber);
    if (parts.size() != 2 || !xIsNumber || !yIsNumber)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: Focus must be two numbers from -1 to 1, as in \"0.5,-0.2\""));
    return std::optional<entities::FocusPoint>(focus);
}

} // namespace graminsta::handlers
