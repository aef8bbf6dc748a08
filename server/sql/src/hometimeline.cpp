// SPDX-License-Identifier: GPL-3.0-or-later
#include "hometimeline.h"

#include "paging.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;

namespace
{

// ?1 viewer, ?2 low and ?3 high end of the window (exclusive), ?4 how many. The followed and the viewer are asked
// apart: a list of both, made first, costs as much as the probes. MATERIALIZED: PostgreSQL would probe twice, for the
// value and for whether there is one. A probe is a subquery of its own, not a join, and ends at LIMIT 1, not in max():
// PostgreSQL plans once for all values, takes a window for narrow, and then walks through all accounts, or all posts of
// one. {probe X} is the newest (or oldest) post in the window of account X.
const QByteArray kProbes = "WITH probes(account_id, probe) AS MATERIALIZED ("
                           "SELECT f.followed_id, ({probe of followed}) FROM follows f"
                           " WHERE f.follower_id = ?1 AND f.state = 0"
                           " UNION ALL SELECT CAST(?1 AS bigint), ({probe of viewer})), ";

// What the account itself remembers: without a cursor, its newest post.
const QByteArray kProbeKnown = "SELECT a.last_status_id FROM accounts a"
                               " WHERE a.id = {account} AND a.last_status_id > ?2 AND a.last_status_id < ?3";
const QByteArray kProbeIndex = "SELECT h.id FROM statuses h WHERE h.home_account_id = {account}"
                               " AND h.id > ?2 AND h.id < ?3 ORDER BY h.id {order} LIMIT 1";

const QByteArray kTop =
    "top(account_id, probe) AS ("
    "SELECT account_id, probe FROM probes WHERE probe IS NOT NULL ORDER BY probe {order} LIMIT ?4) ";

// The bound that the last of n probes gives: from there to the cursor there are n posts at least.
const QByteArray kPageDown =
    "SELECT s.id FROM top t {each s} (SELECT h.id FROM statuses h"
    " WHERE h.home_account_id = t.account_id AND h.id < ?3"
    " AND h.id >= (SELECT CASE WHEN count(*) = ?4 THEN min(b.probe) ELSE CAST(?2 AS bigint) + 1 END FROM top b)"
    " ORDER BY h.id DESC LIMIT ?4) {end s} ORDER BY s.id DESC LIMIT ?4";
const QByteArray kPageUp =
    "SELECT s.id FROM top t {each s} (SELECT h.id FROM statuses h"
    " WHERE h.home_account_id = t.account_id AND h.id > ?2"
    " AND h.id <= (SELECT CASE WHEN count(*) = ?4 THEN max(b.probe) ELSE CAST(?3 AS bigint) - 1 END FROM top b)"
    " ORDER BY h.id ASC LIMIT ?4) {end s} ORDER BY s.id ASC LIMIT ?4";

QByteArray probesBy(const QByteArray &probe)
{
    return QByteArray(kProbes)
        .replace("{probe of followed}", QByteArray(probe).replace("{account}", "f.followed_id"))
        .replace("{probe of viewer}", QByteArray(probe).replace("{account}", "?1"));
}

const QByteArray kFirstPage = QByteArray(probesBy(kProbeKnown) + kTop + kPageDown).replace("{order}", "DESC");
const QByteArray kNextPage = QByteArray(probesBy(kProbeIndex) + kTop + kPageDown).replace("{order}", "DESC");
const QByteArray kPreviousPage = QByteArray(probesBy(kProbeIndex) + kTop + kPageUp).replace("{order}", "ASC");

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
