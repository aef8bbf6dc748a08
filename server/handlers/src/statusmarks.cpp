// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

// A use case that takes a viewer and a status and gives the status as it is then.
template<typename UseCase>
http::Handler act(const UseCase &useCase,
                  Result<domain::StatusSet> (UseCase::*run)(const entities::Viewer &, StatusId, const Deadline &) const)
{
    return [&useCase, run](const RequestContext &context) -> Result<Response> {
        const StatusId id = GI_TRY(context.pathId<StatusId>());
        return statusResponse(context, GI_TRY((useCase.*run)(context.viewer, id, context.deadline)));
    };
}

Result<Response> favouritedBy(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    const entities::Page<entities::Account> accounts =
        GI_TRY(services.favouriteStatus.favouritedBy(context.viewer, id, page, context.deadline));
    return pageResponse(context, encoded(context, accountViews(accounts.rows, context.baseUrl)), accounts.bounds);
}

Result<Response> reblog(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const std::optional<entities::Visibility> visibility = GI_TRY(visibilityParameter(context));
    return statusResponse(context,
                          GI_TRY(services.reblogStatus.reblog(context.viewer, id, visibility, context.deadline)));
}

Result<Response> rebloggedBy(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    const entities::Page<entities::Account> accounts =
        GI_TRY(services.reblogStatus.rebloggedBy(context.viewer, id, page, context.deadline));
    return pageResponse(context, encoded(context, accountViews(accounts.rows, context.baseUrl)), accounts.bounds);
}

Result<Response> bookmarks(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    return timelineResponse(context, GI_TRY(services.timelines.bookmarks(context.viewer, page, context.deadline)));
}

Result<Response> favourites(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    return timelineResponse(context, GI_TRY(services.timelines.favourites(context.viewer, page, context.deadline)));
}

} // namespace

void addStatusMarkHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("statuses.favourite", act(services.favouriteStatus, &domain::FavouriteStatus::favourite));
    table.insert("statuses.unfavourite", act(services.favouriteStatus, &domain::FavouriteStatus::unfavourite));
    table.insert("statuses.favouritedBy",
                 [&](const RequestContext &context) { return favouritedBy(context, services); });
    table.insert("statuses.bookmark", act(services.bookmarkStatus, &domain::BookmarkStatus::bookmark));
    table.insert("statuses.unbookmark", act(services.bookmarkStatus, &domain::BookmarkStatus::unbookmark));
    table.insert("statuses.reblog", [&](const RequestContext &context) { return reblog(context, services); });
    table.insert("statuses.unreblog", act(services.reblogStatus, &domain::ReblogStatus::unreblog));
    table.insert("statuses.rebloggedBy", [&](const RequestContext &context) { return rebloggedBy(context, services); });
    table.insert("statuses.mute", act(services.muteThread, &domain::MuteThread::mute));
    table.insert("statuses.unmute", act(services.muteThread, &domain::MuteThread::unmute));
    table.insert("statuses.pin", act(services.pinStatus, &domain::PinStatus::pin));
    table.insert("statuses.unpin", act(services.pinStatus, &domain::PinStatus::unpin));
    table.insert("bookmarks.list", [&](const RequestContext &context) { return bookmarks(context, services); });
    table.insert("favourites.list", [&](const RequestContext &context) { return favourites(context, services); });
}

} // namespace graminsta::handlers
