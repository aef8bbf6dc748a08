// SPDX-License-Identifier: GPL-3.0-or-later
#include "timelines.h"

#include "paging.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;

namespace
{

// In all of them: ?1 low and ?2 high end of the window, ?3 how many, ?4 the least number of media.
const PagedSql
    kPublic("SELECT s.id FROM statuses s WHERE s.in_public = 1 AND s.reblog_of_id IS NULL AND s.id > ?1 AND s.id < ?2"
            " AND s.media_count >= ?4 ORDER BY s.id {order} LIMIT ?3");

// Of each tag in ?5 its own newest, so that a tag that many use costs no more than a page; then merged.
const PagedSql kTag("SELECT DISTINCT s.id FROM {rows-of-texts ?5 w} {each s} ("
                    "SELECT t.status_id AS id FROM status_tags t JOIN statuses p ON p.id = t.status_id"
                    " WHERE t.tag = w.value AND t.status_id > ?1 AND t.status_id < ?2"
                    " AND p.visibility = 0 AND p.media_count >= ?4"
                    " AND (SELECT count(*) FROM status_tags a WHERE a.status_id = t.status_id AND a.tag {in-texts ?6})"
                    " = ?7"
                    " AND NOT EXISTS (SELECT 1 FROM status_tags n"
                    " WHERE n.status_id = t.status_id AND n.tag {in-texts ?8})"
                    " ORDER BY t.status_id {order} LIMIT ?3) {end s} ORDER BY s.id {order} LIMIT ?3");

// ?5 the account, ?6 the least public visibility, ?7 the most that is_comment may be, ?8 whether with reblogs, ?9 the
// tag
const QByteArray kOfAccount = "SELECT s.id FROM statuses s WHERE s.account_id = ?5 AND s.id > ?1 AND s.id < ?2"
                              " AND s.media_count >= ?4 AND s.visibility <= ?6 AND s.is_comment <= ?7"
                              " AND (s.reblog_of_id IS NULL OR CAST(?8 AS bigint) = 1)";
const PagedSql kAccount(kOfAccount + " ORDER BY s.id {order} LIMIT ?3");
const PagedSql kAccountTagged(kOfAccount
                              + " AND EXISTS (SELECT 1 FROM status_tags t WHERE t.status_id = s.id AND t.tag = ?9)"
                                " ORDER BY s.id {order} LIMIT ?3");

Result<Page<StatusId>> idPage(Executor &executor, const PagedSql &sql, const PageWindow &window,
                              const Bindings &bindings, const Deadline &deadline)
{
    return readPage<StatusId>(
        executor, sql, window, bindings, deadline, [](const Row &row) { return row.id<StatusId>(0); },
        [](StatusId id) { return id.number(); });
}

QStringList eachOnce(QStringList texts)
{
    texts.removeDuplicates();
    return texts;
}

int leastMedia(bool onlyMedia)
{
    return onlyMedia ? 1 : 0;
}

} // namespace

Result<Page<StatusId>> readPublicTimeline(Executor &executor, const ports::TimelineFilter &filter,
                                          const PageRequest &page, const Deadline &deadline)
{
    const PageWindow window(page);
    return idPage(executor, kPublic, window,
                  Bindings(window.low, window.high, window.limit, leastMedia(filter.onlyMedia)), deadline);
}

Result<Page<StatusId>> readTagTimeline(Executor &executor, const QString &tag, const ports::TagFilter &filter,
                                       const PageRequest &page, const Deadline &deadline)
{
    const PageWindow window(page);
    const QStringList all = eachOnce(filter.all);
    return idPage(executor, kTag, window,
                  Bindings(window.low, window.high, window.limit, leastMedia(filter.onlyMedia),
                           eachOnce(QStringList { tag } + filter.any), all, all.size(), filter.none),
                  deadline);
}

Result<Page<StatusId>> readAccountTimeline(Executor &executor, AccountId account,
                                           const ports::AccountTimelineFilter &filter, const PageRequest &page,
                                           const Deadline &deadline)
{
    const PageWindow window(page);
    Bindings bindings(window.low, window.high, window.limit, leastMedia(filter.onlyMedia), account, filter.upTo,
                      filter.excludeReplies ? 0 : 1, filter.excludeReblogs ? 0 : 1);
    if (filter.tagged.isEmpty())
        return idPage(executor, kAccount, window, bindings, deadline);
    bindings.append(filter.tagged);
    return idPage(executor, kAccountTagged, window, bindings, deadline);
}

} // namespace graminsta::sql
