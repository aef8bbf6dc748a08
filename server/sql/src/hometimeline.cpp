// SPDX-License-Identifier: GPL-3.0-or-later
#include "hometimeline.h"

#include "paging.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;

namespace
{

// ?1 viewer, ?2 low and ?3 high end of the window (exclusive), ?4 how many.
const QByteArray kAuthors = "WITH authors(account_id) AS ("
                            "SELECT f.followed_id FROM follows f WHERE f.follower_id = ?1 AND f.state = 0"
                            " UNION ALL SELECT CAST(?1 AS bigint)), ";

const QByteArray kNewestKnown = "top(account_id, probe) AS ("
                                "SELECT a.id, a.last_status_id FROM authors w JOIN accounts a ON a.id = w.account_id"
                                " WHERE a.last_status_id > ?2 AND a.last_status_id < ?3"
                                " ORDER BY a.last_status_id DESC LIMIT ?4) ";

const QByteArray kNewestProbed =
    "newest(account_id, probe) AS ("
    "SELECT w.account_id, (SELECT {newest}(h.id) FROM statuses h"
    " WHERE h.account_id = w.account_id AND h.in_home = 1 AND h.id > ?2 AND h.id < ?3) FROM authors w), "
    "top(account_id, probe) AS ("
    "SELECT account_id, probe FROM newest WHERE probe IS NOT NULL ORDER BY probe {order} LIMIT ?4) ";

// The bound that the last of n probes gives: from there to the cursor there are n posts at least.
const QByteArray kPageDown =
    "SELECT s.id FROM top t {each s} (SELECT h.id FROM statuses h"
    " WHERE h.account_id = t.account_id AND h.in_home = 1 AND h.id < ?3"
    " AND h.id >= (SELECT CASE WHEN count(*) = ?4 THEN min(b.probe) ELSE CAST(?2 AS bigint) + 1 END FROM top b)"
    " ORDER BY h.id DESC LIMIT ?4) {end s} ORDER BY s.id DESC LIMIT ?4";
const QByteArray kPageUp =
    "SELECT s.id FROM top t {each s} (SELECT h.id FROM statuses h"
    " WHERE h.account_id = t.account_id AND h.in_home = 1 AND h.id > ?2"
    " AND h.id <= (SELECT CASE WHEN count(*) = ?4 THEN max(b.probe) ELSE CAST(?3 AS bigint) - 1 END FROM top b)"
    " ORDER BY h.id ASC LIMIT ?4) {end s} ORDER BY s.id ASC LIMIT ?4";

const QByteArray kFirstPage = kAuthors + kNewestKnown + kPageDown;
const QByteArray kNextPage =
    QByteArray(kAuthors + kNewestProbed + kPageDown).replace("{order}", "DESC").replace("{newest}", "max");
const QByteArray kPreviousPage =
    QByteArray(kAuthors + kNewestProbed + kPageUp).replace("{order}", "ASC").replace("{newest}", "min");

const QByteArray &sqlFor(const PageRequest &page)
{
    if (page.minId > 0)
        return kPreviousPage;
    return page.maxId > 0 ? kNextPage : kFirstPage;
}

} // namespace

Result<Page<StatusId>> readHomeTimeline(Executor &executor, AccountId viewer, const PageRequest &page,
                                        const Deadline &deadline)
{
    const PageWindow window(page);
    Page<StatusId> result;
    result.rows = GI_TRY(executor.list<StatusId>(sqlFor(page), Bindings(viewer, window.low, window.high, window.limit),
                                                 deadline, [](const Row &row) { return row.id<StatusId>(0); }));
    if (window.upwards)
        std::reverse(result.rows.begin(), result.rows.end());
    if (!result.rows.isEmpty())
        result.bounds = { result.rows.first().number(), result.rows.last().number() };
    return result;
}

} // namespace graminsta::sql
