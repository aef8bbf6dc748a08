// SPDX-License-Identifier: GPL-3.0-or-later
// Takes in what an archive holds besides statuses, by the use cases that its owner would use: profile, filters, blocks,
// mutes, notes, hashtags, marks, follows and posts for later. Each may be repeated. Thread-safe.
#pragma once

#include <graminsta/domain/accounts/blockaccount.h>
#include <graminsta/domain/accounts/followaccount.h>
#include <graminsta/domain/accounts/muteaccount.h>
#include <graminsta/domain/accounts/noteaccount.h>
#include <graminsta/domain/accounts/updatecredentials.h>
#include <graminsta/domain/archive/importstatuses.h>
#include <graminsta/domain/filters/editfilters.h>
#include <graminsta/domain/statuses/schedulestatus.h>
#include <graminsta/domain/tags/tags.h>

namespace graminsta::domain
{

// The use cases that things are taken in by.
struct ImportActs {
    const UpdateCredentials &updateCredentials;
    const EditFilters &editFilters;
    const BlockAccount &blockAccount;
    const MuteAccount &muteAccount;
    const NoteAccount &noteAccount;
    const Tags &tags;
    const FollowAccount &followAccount;
    const ScheduleStatus &scheduleStatus;
    const ShowStatus &showStatus;
    const ShowRelationships &relationships;
};

class ImportRelations
{
public:
    ImportRelations(const ImportActs &acts, const ImportStatuses &importStatuses, const ports::AccountReader &accounts,
                    const ports::TagReader &tags, const ports::TransferReader &transfers,
                    const ports::MediaStore &store, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                    const Clock &clock);

    // Takes the next of the import's part in, some at once, until all are or the deadline has come, and stores how far
    // it has come. Whoever was interrupted may find some of them done. Errors are of the server.
    [[nodiscard]] Result<> run(entities::AccountImport &import, ports::ArchiveReader &reader,
                               const QList<Result<entities::ArchivedItem>> &items, const QString &fileName,
                               const ports::KeepGoing &keepGoing, const Deadline &deadline) const;

private:
    // What the items of one call refer to, as it stands here.
    struct Known;
    struct Context {
        const entities::AccountImport &import;
        ports::ArchiveReader &reader;
        const ports::KeepGoing &keepGoing;
        entities::Viewer viewer;
        Deadline deadline;
    };

    [[nodiscard]] Result<Known> look(const Context &context, const QList<Result<entities::ArchivedItem>> &items) const;
    [[nodiscard]] Result<ItemResult> take(const Context &context, const Known &known,
                                          const entities::ArchivedItem &item) const;
    [[nodiscard]] Result<ItemResult> takeProfile(const Context &context,
                                                 const entities::ArchivedProfile &profile) const;
    [[nodiscard]] Result<ItemResult> takeFilter(const Context &context, const Known &known,
                                                const entities::Filter &filter) const;
    [[nodiscard]] Result<ItemResult> takeRelation(const Context &context, const Known &known,
                                                  const entities::ArchivedRelation &relation) const;
    [[nodiscard]] Result<> act(const Context &context, const entities::ArchivedRelation &relation) const;
    [[nodiscard]] Result<ItemResult> takeTag(const Context &context, const Known &known,
                                             const entities::ArchivedTag &tag) const;
    [[nodiscard]] Result<ItemResult> takeMark(const Context &context, const Known &known,
                                              const entities::ArchivedMark &mark) const;
    [[nodiscard]] Result<ItemResult> takeScheduled(const Context &context, const Known &known,
                                                   const entities::ArchivedScheduled &scheduled) const;

    const ImportActs m_acts;
    const ImportStatuses &m_importStatuses;
    const ports::AccountReader &m_accounts;
    const ports::TagReader &m_tags;
    const ports::TransferReader &m_transfers;
    const ports::MediaStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
