// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/moderation/moderatestatuses.h>

#include <graminsta/domain/moderation/audit.h>
#include <graminsta/domain/statuses/deletestatus.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/media.h>

namespace graminsta::domain
{

namespace
{

template<typename T> Result<T> orNotFound(Result<T> result)
{
    if (!result && result.error().fault == Fault::NotFound)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return result;
}

} // namespace

ModerateStatuses::ModerateStatuses(const ports::StatusReader &statuses, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                                   const Clock &clock)
    : m_statuses(statuses)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<> ModerateStatuses::remove(const Actor &actor, StatusId id, const QString &text, const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::DeleteStatuses));
    const entities::Status status = GI_TRY(orNotFound(m_statuses.byId(id, deadline)));
    const QString said = cleanText(text);
    return orNotFound(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(requireRank(actor, GI_TRY(writers.accounts.user(status.accountId, deadline)).role));
        const QList<entities::MediaAttachment> media = GI_TRY(writers.media.byStatuses({ id }, deadline));
        GI_TRY(removeStatus(writers, status));
        // No draft anew for its author.
        for (const entities::MediaAttachment &one : media)
            GI_TRY(writers.media.remove(one.id));
        GI_TRY(writers.moderation.addStrike({ m_ids.next<StrikeId>(), status.accountId, ReportId {},
                                              entities::StrikeAction::DeleteStatuses, said, m_clock.now() }));
        const QString author = GI_TRY(writers.accounts.byId(status.accountId, deadline)).username;
        return audit(writers, m_ids, m_clock, actor,
                     { QStringLiteral("delete_status"), QStringLiteral("status"), id.number(), author, said },
                     deadline);
    }));
}

} // namespace graminsta::domain
