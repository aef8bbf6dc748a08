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
const QByteArray kProbes = "WITH probes(account_id, reblogs, probe) AS MATERIALIZED ("
                           "SELECT f.followed_id, f.show_reblogs,"
                           " CASE WHEN f.show_reblogs = 1 THEN ({probe of followed}) ELSE ({probe of own}) END"
                           " FROM follows f WHERE f.follower_id = ?1 AND f.state = 0"
                           " UNION ALL SELECT CAST(?1 AS bigint), 1, ({probe of viewer})), ";

// What the account itself remembers: without a cursor, its newest post.
const QByteArray kProbeKnown = "SELECT a.last_status_id FROM accounts a"
                               " WHERE a.id = {account} AND a.last_status_id > ?2 AND a.last_status_id < ?3";
const QByteArray kProbeIndex = "SELECT h.id FROM statuses h WHERE h.home_account_id = {account}{own}"
                               " AND h.id > ?2 AND h.id < ?3 ORDER BY h.id {order} LIMIT 1";
// Most of those I follow have posted nothing since the cursor: then what they remember is it, too.
const QByteArray kProbeBelow = "SELECT CASE WHEN a.last_status_id >= ?3 THEN ({probe by index})"
                               " WHEN a.last_status_id > ?2 THEN a.last_status_id END"
                               " FROM accounts a WHERE a.id = {account}";
const QByteArray kOwn = " AND h.reblog_of_id IS NULL";

const QByteArray kTop =
    "top(account_id, reblogs, probe) AS ("
    "SELECT account_id, reblogs, probe FROM probes WHERE probe IS NOT NULL ORDER BY probe {order} LIMIT ?4) ";

// The bound that the last of n probes gives: from there to the cursor there are n posts at least. Whom the viewer
// follows without reblogs has an index without them: nobody's reblogs are walked past.
const QByteArray kPage = "SELECT p.id FROM (SELECT s.id FROM top t {each s} ({of one}) {end s} WHERE t.reblogs = 1"
                         " UNION ALL SELECT s.id FROM top t {each s} ({own of one}) {end s} WHERE t.reblogs = 0) p"
                         " ORDER BY p.id {order} LIMIT ?4";
const QByteArray kOfOneDown =
    "SELECT h.id FROM statuses h WHERE h.home_account_id = t.account_id{own} AND h.id < ?3"
    " AND h.id >= (SELECT CASE WHEN count(*) = ?4 THEN min(b.probe) ELSE CAST(?2 AS bigint) + 1 END FROM top b)"
    " ORDER BY h.id DESC LIMIT ?4";
const QByteArray kOfOneUp =
    "SELECT h.id FROM statuses h WHERE h.home_account_id = t.account_id{own} AND h.id > ?2"
    " AND h.id <= (SELECT CASE WHEN count(*) = ?4 THEN max(b.probe) ELSE CAST(?3 AS bigint) - 1 END FROM top b)"
    " ORDER BY h.id ASC LIMIT ?4";

QByteArray withReblogs(const QByteArray &sql)
{
    return QByteArray(sql).replace("{own}", "");
}

QByteArray withoutReblogs(const QByteArray &sql)
{
    return QByteArray(sql).replace("{own}", kOwn);
}

// `probe`: how to find the first of one with reblogs.
QByteArray pageBy(const QByteArray &probe, const QByteArray &ofOne, const QByteArray &order)
{
    const QByteArray probes =
        QByteArray(kProbes)
            .replace("{probe of followed}", withReblogs(probe).replace("{account}", "f.followed_id"))
            .replace("{probe of own}", withoutReblogs(kProbeIndex).replace("{account}", "f.followed_id"))
            .replace("{probe of viewer}", withReblogs(probe).replace("{account}", "?1"));
    const QByteArray page =
        QByteArray(kPage).replace("{of one}", withReblogs(ofOne)).replace("{own of one}", withoutReblogs(ofOne));
    return QByteArray(probes + kTop + page).replace("{order}", order);
}

const QByteArray kFirstPage = pageBy(kProbeKnown, kOfOneDown, "DESC");
const QByteArray kNextPage =
    pageBy(QByteArray(kProbeBelow).replace("{probe by index}", kProbeIndex), kOfOneDown, "DESC");
const QByteArray kPreviousPage = pageBy(kProbeIndex, kOfOneUp, "ASC");

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
