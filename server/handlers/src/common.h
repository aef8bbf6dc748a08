// SPDX-License-Identifier: GPL-3.0-or-later
// What many handlers parse and answer alike. Pure functions.
#pragma once

#include <graminsta/domain/oauth/issuetoken.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/media.h>
#include <graminsta/entities/page.h>
#include <graminsta/http/requestcontext.h>

namespace graminsta::handlers
{

struct PageLimits {
    int standard = 20;
    int maximum = 40;
};

inline constexpr PageLimits kStatusPages { 20, 40 };
inline constexpr PageLimits kAccountPages { 40, 80 };
inline constexpr PageLimits kNotificationPages { 40, 80 };
inline constexpr PageLimits kTagPages { 100, 200 };

// max_id, since_id, min_id and limit. A limit above the maximum is the maximum; an id that is none of ours is no bound.
// Fault::Invalid naming the parameter.
[[nodiscard]] Result<entities::PageRequest> pageRequest(const http::RequestContext &context, PageLimits limits);

// A JSON list with its Link header (RFC 8288), absolute, with every other parameter of the request kept.
[[nodiscard]] http::Response pageResponse(const http::RequestContext &context, QByteArray body,
                                          const entities::PageBounds &bounds);

// A page of people.
[[nodiscard]] http::Response accountPage(const http::RequestContext &context,
                                         const entities::Page<entities::Account> &page);

// "offset" and "limit", for lists by rank, which have no cursor. Fault::Invalid naming the parameter.
struct Ranks {
    int offset = 0;
    int limit = 0;
};
[[nodiscard]] Result<Ranks> ranksRequest(const http::RequestContext &context, PageLimits limits);

// A flag, false if it is not given. Fault::Invalid naming the parameter.
[[nodiscard]] Result<bool> flag(const http::RequestContext &context, const QString &name);

// The ids of a list parameter that are ids; others are skipped, as unknown ones are.
template<typename AnyId> [[nodiscard]] QList<AnyId> idList(const http::RequestContext &context, const QString &name)
{
    QList<AnyId> ids;
    for (const QString &text : context.parameters.list(name)) {
        const std::optional<AnyId> id = AnyId::fromString(text);
        if (id && !ids.contains(*id))
            ids.append(*id);
    }
    return ids;
}

// Nothing if it is not given. Fault::Unprocessable if it is not the name of one.
[[nodiscard]] Result<std::optional<entities::Visibility>> visibilityParameter(const http::RequestContext &context);

// A list of ids each of which must be one; nothing if the parameter is not given, an empty list if it is given empty.
// Fault::Unprocessable naming the parameter.
[[nodiscard]] Result<std::optional<QList<MediaId>>> mediaIds(const http::RequestContext &context);

// "scheduled_at", in ISO 8601, UTC where it says no zone; nothing if it is not given.
// Fault::Unprocessable if it is no time.
[[nodiscard]] Result<std::optional<Timestamp>> scheduledAt(const http::RequestContext &context);

// "license", by number or title; nothing if it is not given. Fault::Unprocessable naming those there are.
[[nodiscard]] Result<std::optional<entities::License>> licenseParameter(const http::RequestContext &context,
                                                                        const QString &name);

// A token as an answer that nobody on the way keeps (RFC 6749 section 5.1).
[[nodiscard]] http::Response tokenResponse(const domain::IssuedToken &issued);
// One status as an answer.
[[nodiscard]] http::Response statusResponse(const http::RequestContext &context, const domain::StatusSet &set);
// A page of statuses as an answer.
[[nodiscard]] http::Response timelineResponse(const http::RequestContext &context, const domain::StatusPage &page);

// "0.5,-0.2". Fault::Unprocessable if it is given but not of that form.
[[nodiscard]] Result<std::optional<entities::FocusPoint>> focusParameter(const http::RequestContext &context,
                                                                         const QString &name = QStringLiteral("focus"));

} // namespace graminsta::handlers
