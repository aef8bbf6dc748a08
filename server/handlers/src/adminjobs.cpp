// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of jobs, for admins. Ours: Mastodon has it on its web pages only.
#include "resources.h"

#include "common.h"

#include <graminsta/json/encode.h>
#include <graminsta/model/admin.h>

namespace graminsta::handlers
{

using domain::Actor;
using http::RequestContext;
using http::Response;

namespace
{

constexpr PageLimits kJobPages { 100, 200 };

model::JobOverview overviewView(const domain::JobOverview &overview)
{
    model::JobOverview view;
    for (const ports::JobCount &count : overview.counts)
        view.kinds.append({ count.kind, count.waiting, count.dead });
    for (const entities::Job &job : overview.dead)
        view.givenUp.append({ job.id.toString(), job.kind, job.createdAt, job.attempts, job.lastError });
    return view;
}

Result<Response> list(const RequestContext &context, const Services &services)
{
    const int limit = GI_TRY(pageRequest(context, kJobPages)).limit;
    // An id that is none of ours is no bound.
    const entities::JobId after =
        entities::JobId::fromString(context.parameters.text(QStringLiteral("min_id")).value_or(QString()))
            .value_or(entities::JobId {});
    const domain::JobOverview overview =
        GI_TRY(services.manageJobs.list(Actor::of(context.viewer), after, limit, context.deadline));
    return Response::json(json::encode(overviewView(overview))).withHeader("Cache-Control", "no-store");
}

using Change = Result<> (domain::ManageJobs::*)(const Actor &, entities::JobId, const Deadline &) const;

http::Handler answering(const Services &services, Change change)
{
    return [&services, change](const RequestContext &context) -> Result<Response> {
        const entities::JobId id = GI_TRY(context.pathId<entities::JobId>());
        GI_TRY((services.manageJobs.*change)(Actor::of(context.viewer), id, context.deadline));
        return Response::json(json::encodeEmpty());
    };
}

} // namespace

void addAdminJobHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("admin.jobs", [&](const RequestContext &context) { return list(context, services); });
    table.insert("admin.retryJob", answering(services, &domain::ManageJobs::retry));
    table.insert("admin.discardJob", answering(services, &domain::ManageJobs::discard));
}

} // namespace graminsta::handlers
