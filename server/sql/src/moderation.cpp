// SPDX-License-Identifier: GPL-3.0-or-later
#include "moderation.h"

#include "paging.h"
#include "restrictions.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::AuditEntry;
using entities::Invite;
using entities::Page;
using entities::PageRequest;
using entities::Strike;
using ports::AccountFilter;

namespace
{

const QByteArray kAccounts = "SELECT a.id FROM accounts a JOIN users u ON u.account_id = a.id"
                             " WHERE a.id > ?1 AND a.id < ?2 AND (a.restrictions & 4) = 0";
const PagedSql kStrikes("SELECT id, account_id, report_id, action, text, created_at FROM strikes"
                        " WHERE account_id = ?1 AND id > ?2 AND id < ?3 ORDER BY id {order} LIMIT ?4");
const PagedSql kAuditLog("SELECT id, actor_id, actor, action, target_kind, target_id, target, reason, created_at"
                         " FROM audit_log WHERE id > ?1 AND id < ?2 ORDER BY id {order} LIMIT ?3");
const QByteArray kInviteColumns = "id, code, account_id, max_uses, uses, expires_at, created_at";
const PagedSql kInvites("SELECT " + kInviteColumns
                        + " FROM invites WHERE id > ?1 AND id < ?2 ORDER BY id {order} LIMIT ?3");

const QByteArray kAddStrike = "INSERT INTO strikes (id, account_id, report_id, action, text, created_at)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const QByteArray kLog = "INSERT INTO audit_log (id, actor_id, actor, action, target_kind, target_id, target, reason,"
                        " created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const QByteArray kAddInvite = "INSERT INTO invites (" + kInviteColumns + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const QByteArray kUseInvite = "UPDATE invites SET uses = uses + 1 WHERE code = ?1"
                              " AND (max_uses = 0 OR uses < max_uses) AND (expires_at IS NULL OR expires_at > ?2)"
                              " RETURNING "
    + kInviteColumns;
const QByteArray kRemoveInvite = "DELETE FROM invites WHERE id = ?1 RETURNING " + kInviteColumns;

// The list's text, with a condition for each part of the filter that is used: a part that is not costs nothing, and the
// number of texts has a bound.
class AccountQuery
{
public:
    explicit AccountQuery(const PageWindow &window)
        : m_bindings(window.low, window.high)
    {
    }

    void add(const AccountFilter &filter)
    {
        if (filter.restrictedBy)
            // The first condition is that of the index.
            add(" AND a.restrictions <> 0 AND (a.restrictions & {}) <> 0", filter.restrictedBy.toInt());
        if (filter.active)
            m_sql += " AND (a.restrictions & 39) = 0";
        if (!filter.roles.isEmpty()) {
            QList<qint64> roles;
            for (const entities::Role role : filter.roles)
                roles.append(static_cast<qint64>(role));
            add(" AND u.role {in {}}", roles);
        }
        addBeginning("a.username_folded", filter.username);
        addBeginning("a.display_name_folded", filter.displayName);
        addBeginning("u.email_folded", filter.email);
        if (!filter.invitedBy.isNull())
            add(" AND u.invited_by_id = {}", filter.invitedBy);
    }

    [[nodiscard]] PagedSql sql(int limit)
    {
        add(" ORDER BY a.id {order} LIMIT {}", limit);
        return PagedSql(m_sql);
    }
    [[nodiscard]] const Bindings &bindings() const { return m_bindings; }

private:
    template<typename Value> void add(QByteArray condition, const Value &value)
    {
        m_bindings.append(value);
        m_sql += condition.replace("{}", '?' + QByteArray::number(m_bindings.size()));
    }

    void addBeginning(const QByteArray &column, const QString &beginning)
    {
        if (beginning.isEmpty())
            return;
        const char32_t last = 0x10FFFF;
        add(" AND " + column + " >= {}", folded(beginning));
        add(" AND " + column + " < {}", folded(beginning) + QString::fromUcs4(&last, 1));
    }

    QByteArray m_sql = kAccounts;
    Bindings m_bindings;
};

Strike strikeOf(const Row &row)
{
    return { row.id<StrikeId>(0), row.id<AccountId>(1), row.id<ReportId>(2), row.enumerator<entities::StrikeAction>(3),
             row.text(4),         row.time(5) };
}

AuditEntry entryOf(const Row &row)
{
    return { row.id<AuditId>(0), row.id<AccountId>(1), row.text(2), row.text(3), row.text(4),
             row.integer(5),     row.text(6),          row.text(7), row.time(8) };
}

Invite inviteOf(const Row &row)
{
    Invite invite { row.id<InviteId>(0), row.text(1),  row.id<AccountId>(2), int(row.integer(3)),
                    int(row.integer(4)), std::nullopt, row.time(6) };
    if (!row.isNull(5))
        invite.expiresAt = row.time(5);
    return invite;
}

Result<Invite> mustBeThere(const std::optional<Invite> &invite)
{
    if (!invite)
        return makeError(Fault::NotFound, QStringLiteral("There is no such invitation"));
    return *invite;
}

} // namespace

Result<Page<AccountId>> SqlModeration::accounts(const AccountFilter &filter, const PageRequest &page,
                                                const Deadline &deadline) const
{
    const PageWindow window(page);
    AccountQuery query(window);
    query.add(filter);
    const PagedSql sql = query.sql(window.limit);
    return readPage<AccountId>(
        m_executor, sql, window, query.bindings(), deadline, [](const Row &row) { return row.id<AccountId>(0); },
        [](AccountId id) { return id.number(); });
}

Result<Page<Strike>> SqlModeration::strikes(AccountId account, const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<Strike>(m_executor, kStrikes, window, Bindings(account, window.low, window.high, window.limit),
                            deadline, strikeOf, [](const Strike &strike) { return strike.id.number(); });
}

Result<Page<AuditEntry>> SqlModeration::auditLog(const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<AuditEntry>(m_executor, kAuditLog, window, Bindings(window.low, window.high, window.limit),
                                deadline, entryOf, [](const AuditEntry &entry) { return entry.id.number(); });
}

Result<Page<Invite>> SqlModeration::invites(const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<Invite>(m_executor, kInvites, window, Bindings(window.low, window.high, window.limit), deadline,
                            inviteOf, [](const Invite &invite) { return invite.id.number(); });
}

Result<> SqlModeration::addStrike(const Strike &strike)
{
    GI_TRY(m_executor.change(
        kAddStrike,
        Bindings(strike.id, strike.accountId, strike.reportId, strike.action, strike.text, strike.createdAt)));
    return {};
}

Result<> SqlModeration::log(const AuditEntry &entry)
{
    GI_TRY(m_executor.change(kLog,
                             Bindings(entry.id, entry.actorId, entry.actor, entry.action, entry.targetKind,
                                      entry.targetId, entry.target, entry.reason, entry.createdAt)));
    return {};
}

Result<> SqlModeration::addInvite(const Invite &invite)
{
    GI_TRY(m_executor.change(kAddInvite,
                             Bindings(invite.id, invite.code, invite.accountId, invite.maxUses, invite.uses,
                                      invite.expiresAt, invite.createdAt)));
    return {};
}

Result<Invite> SqlModeration::useInvite(const QString &code, Timestamp now)
{
    std::optional<Invite> used;
    GI_TRY(m_executor.change(kUseInvite, Bindings(code, now), [&used](const Row &row) { used = inviteOf(row); }));
    return mustBeThere(used);
}

Result<Invite> SqlModeration::removeInvite(InviteId id)
{
    std::optional<Invite> removed;
    GI_TRY(m_executor.change(kRemoveInvite, Bindings(id), [&removed](const Row &row) { removed = inviteOf(row); }));
    return mustBeThere(removed);
}

} // namespace graminsta::sql
