// SPDX-License-Identifier: GPL-3.0-or-later
#include "accounts.h"

#include "accountrow.h"
#include "blobs.h"
#include "inorder.h"
#include "restrictions.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::Account;
using entities::User;

namespace
{

const QByteArray kSelect = "SELECT " + accountColumns() + " FROM accounts a ";
const QByteArray kById = kSelect + "WHERE a.id = ?1";
const QByteArray kByIds = kSelect + "WHERE a.id {in ?1}";
const QByteArray kByUsername = kSelect + "WHERE a.username_folded = ?1";
const QByteArray kByUsernames = kSelect + "WHERE a.username_folded {in-texts ?1}";
// Names that begin with ?1 lie between it and ?2: two ranges of two indexes, and whom ?3 follows.
const QByteArray kFollows = "EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = ?3 AND f.followed_id = a.id"
                            " AND f.state = 0)";
const QByteArray kSearch = kSelect
    + "WHERE a.id IN ("
      "SELECT u.id FROM (SELECT n.id FROM accounts n WHERE n.username_folded >= ?1 AND n.username_folded < ?2"
      " ORDER BY n.username_folded LIMIT 200) u"
      " UNION SELECT d.id FROM (SELECT n.id FROM accounts n WHERE n.display_name_folded >= ?1"
      " AND n.display_name_folded < ?2 ORDER BY n.display_name_folded LIMIT 200) d"
      " UNION SELECT p.followed_id FROM (SELECT f.followed_id FROM follows f WHERE f.follower_id = ?3 AND f.state = 0"
      " ORDER BY f.id DESC LIMIT 2000) p)"
      " AND ((a.username_folded >= ?1 AND a.username_folded < ?2)"
      " OR (a.display_name_folded >= ?1 AND a.display_name_folded < ?2))"
      " AND (CAST(?4 AS bigint) = 0 OR "
    + kFollows + ") ORDER BY CASE WHEN a.username_folded = ?1 THEN 0 ELSE 1 END, CASE WHEN " + kFollows
    + " THEN 0 ELSE 1 END, CASE WHEN a.username_folded >= ?1 AND a.username_folded < ?2 THEN 0 ELSE 1 END,"
      " a.followers_count DESC, a.username_folded LIMIT ?6 OFFSET ?5";
const QByteArray kOwner = kSelect
    + "JOIN users u ON u.account_id = a.id WHERE (a.restrictions & 7) = 0 ORDER BY u.role DESC, u.account_id LIMIT 1";

const QByteArray kSelectUser = "SELECT u.account_id, u.email, u.password_hash, u.role, u.locale, u.default_visibility,"
                               " u.default_sensitive, u.default_language, u.created_at, u.sign_up_reason,"
                               " u.invited_by_id, u.application_id, u.media_bytes,"
                               " (SELECT a.restrictions FROM accounts a WHERE a.id = u.account_id), u.default_license"
                               " FROM users u ";
const QByteArray kUser = kSelectUser + "WHERE u.account_id = ?1";
const QByteArray kUsers = kSelectUser + "WHERE u.account_id {in ?1}";
const QByteArray kUserByLogin = kSelectUser
    + "WHERE u.account_id IN (SELECT a.id FROM accounts a WHERE a.username_folded = ?1"
      " UNION SELECT e.account_id FROM users e WHERE e.email_folded = ?1)";

const QByteArray kInsert = "INSERT INTO accounts (id, username, username_folded, display_name, display_name_folded,"
                           " note, avatar_key, header_key, fields, locked, bot, discoverable, created_at,"
                           " last_status_id, followers_count, following_count, statuses_count, restrictions)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
                           " ?18)";
const QByteArray kInsertUser = "INSERT INTO users (account_id, email, email_folded, password_hash, role, locale,"
                               " default_visibility, default_sensitive, default_language, created_at, sign_up_reason,"
                               " invited_by_id, application_id, default_license)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const QByteArray kUpdateProfile = "UPDATE accounts SET username = ?2, username_folded = ?3, display_name = ?4,"
                                  " display_name_folded = ?5, note = ?6, avatar_key = ?7, header_key = ?8,"
                                  " fields = ?9, locked = ?10, bot = ?11, discoverable = ?12 WHERE id = ?1";
const QByteArray kPictures = "SELECT avatar_key, header_key FROM accounts WHERE id = ?1 {for update}";
const QByteArray kUpdateUser =
    "UPDATE users SET email = ?2, email_folded = ?3, locale = ?4, default_visibility = ?5,"
    " default_sensitive = ?6, default_language = ?7, default_license = ?8 WHERE account_id = ?1";
const QByteArray kSetPassword = "UPDATE users SET password_hash = ?2 WHERE account_id = ?1";
const QByteArray kSetRole = "UPDATE users SET role = ?2 WHERE account_id = ?1";
const QByteArray kRestrict = "UPDATE accounts SET restrictions = (restrictions | ?2) & ~CAST(?3 AS smallint)"
                             " WHERE id = ?1 RETURNING restrictions";
const QByteArray kRemove = "DELETE FROM accounts WHERE id = ?1";

User userOf(const Row &row)
{
    User user;
    user.accountId = row.id<AccountId>(0);
    user.email = row.text(1);
    user.passwordHash = row.blob(2);
    user.role = row.enumerator<entities::Role>(3);
    user.locale = row.text(4);
    user.defaultVisibility = row.enumerator<entities::Visibility>(5);
    user.defaultSensitive = row.flag(6);
    user.defaultLanguage = row.text(7);
    user.createdAt = row.time(8);
    user.signUpReason = row.text(9);
    user.invitedBy = row.id<AccountId>(10);
    user.application = row.id<ApplicationId>(11);
    user.mediaBytes = row.integer(12);
    user.restrictions = restrictionsOf(row.integer(13));
    user.defaultLicense = row.enumerator<entities::License>(14);
    return user;
}

// Nothing where there is no address: many may have none.
std::optional<QString> foldedEmail(const QString &email)
{
    return email.isEmpty() ? std::nullopt : std::optional(folded(email));
}

QString noAccount()
{
    return QStringLiteral("There is no such account");
}

Result<> mustChange(qint64 rows)
{
    if (rows == 0)
        return makeError(Fault::NotFound, noAccount());
    return {};
}

} // namespace

Result<Account> SqlAccounts::byId(AccountId id, const Deadline &deadline) const
{
    return m_executor.one<Account>(kById, Bindings(id), deadline, accountOf, noAccount());
}

Result<Account> SqlAccounts::byUsername(const QString &username, const Deadline &deadline) const
{
    return m_executor.one<Account>(kByUsername, Bindings(folded(username)), deadline, accountOf, noAccount());
}

Result<QList<Account>> SqlAccounts::byIds(const QList<AccountId> &ids, const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<Account>();
    return inOrderOf(ids, GI_TRY(m_executor.list<Account>(kByIds, Bindings(ids), deadline, accountOf)));
}

Result<QList<Account>> SqlAccounts::byUsernames(const QStringList &usernames, const Deadline &deadline) const
{
    if (usernames.isEmpty())
        return QList<Account>();
    QStringList names;
    for (const QString &username : usernames)
        names.append(folded(username));
    return m_executor.list<Account>(kByUsernames, Bindings(names), deadline, accountOf);
}

Result<QList<Account>> SqlAccounts::search(const ports::AccountSearch &search, const Deadline &deadline) const
{
    const QString low = folded(search.prefix);
    const char32_t last = 0x10FFFF;
    return m_executor.list<Account>(kSearch,
                                    Bindings(low, low + QString::fromUcs4(&last, 1), search.viewer, search.onlyFollowed,
                                             search.offset, search.limit),
                                    deadline, accountOf);
}

Result<User> SqlAccounts::user(AccountId id, const Deadline &deadline) const
{
    return m_executor.one<User>(kUser, Bindings(id), deadline, userOf, noAccount());
}

Result<QList<User>> SqlAccounts::users(const QList<AccountId> &ids, const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<User>();
    return m_executor.list<User>(kUsers, Bindings(ids), deadline, userOf);
}

Result<User> SqlAccounts::userByLogin(const QString &login, const Deadline &deadline) const
{
    return m_executor.one<User>(kUserByLogin, Bindings(folded(login)), deadline, userOf, noAccount());
}

Result<Account> SqlAccounts::owner(const Deadline &deadline) const
{
    return m_executor.one<Account>(kOwner, Bindings(), deadline, accountOf, noAccount());
}

Result<> SqlAccounts::insert(const Account &account, const User &user)
{
    GI_TRY(m_executor.change(kInsert,
                             Bindings(account.id, account.username, folded(account.username), account.displayName,
                                      folded(account.displayName), account.note, account.avatarKey, account.headerKey,
                                      packFields(account.fields), account.locked, account.bot, account.discoverable,
                                      account.createdAt, account.lastStatusId, account.followersCount,
                                      account.followingCount, account.statusesCount, account.restrictions.toInt())));
    GI_TRY(m_executor.change(kInsertUser,
                             Bindings(account.id, user.email, foldedEmail(user.email), user.passwordHash, user.role,
                                      user.locale, user.defaultVisibility, user.defaultSensitive, user.defaultLanguage,
                                      user.createdAt, user.signUpReason, user.invitedBy, user.application,
                                      user.defaultLicense)));
    return countPictures(account.id, {}, { account.avatarKey, account.headerKey });
}

// The pictures of a profile are public. The new ones first, so that what stays does not come to nothing in between.
Result<> SqlAccounts::countPictures(AccountId id, const QStringList &before, const QStringList &after)
{
    SqlBlobs blobs(m_executor, m_jobs);
    for (const QString &key : after) {
        if (!key.isEmpty())
            GI_TRY(blobs.countUp(ports::MediaArea::Public, { key }));
    }
    for (const QString &key : before) {
        if (!key.isEmpty())
            GI_TRY(blobs.countDown(ports::MediaArea::Public, { key }, id.number()));
    }
    return {};
}

Result<QStringList> SqlAccounts::pictures(AccountId id)
{
    QStringList keys;
    GI_TRY(m_executor.query(kPictures, Bindings(id), m_executor.deadline(), [&keys](const Row &row) {
        keys = { row.text(0), row.text(1) };
    }));
    return keys;
}

Result<> SqlAccounts::updateProfile(const Account &account)
{
    const QStringList before = GI_TRY(pictures(account.id));
    const QStringList after { account.avatarKey, account.headerKey };
    if (!before.isEmpty() && before != after)
        GI_TRY(countPictures(account.id, before, after));
    return mustChange(GI_TRY(
        m_executor.change(kUpdateProfile,
                          Bindings(account.id, account.username, folded(account.username), account.displayName,
                                   folded(account.displayName), account.note, account.avatarKey, account.headerKey,
                                   packFields(account.fields), account.locked, account.bot, account.discoverable))));
}

Result<> SqlAccounts::updateUser(const User &user)
{
    return mustChange(GI_TRY(m_executor.change(kUpdateUser,
                                               Bindings(user.accountId, user.email, foldedEmail(user.email),
                                                        user.locale, user.defaultVisibility, user.defaultSensitive,
                                                        user.defaultLanguage, user.defaultLicense))));
}

Result<> SqlAccounts::setPasswordHash(AccountId id, const QByteArray &hash)
{
    return mustChange(GI_TRY(m_executor.change(kSetPassword, Bindings(id, hash))));
}

Result<> SqlAccounts::setRole(AccountId id, entities::Role role)
{
    return mustChange(GI_TRY(m_executor.change(kSetRole, Bindings(id, role))));
}

Result<entities::Restrictions> SqlAccounts::restrict(AccountId id, entities::Restrictions add,
                                                     entities::Restrictions lift)
{
    std::optional<entities::Restrictions> now;
    GI_TRY(m_executor.change(kRestrict, Bindings(id, add.toInt(), lift.toInt()),
                             [&now](const Row &row) { now = restrictionsOf(row.integer(0)); }));
    if (!now)
        return makeError(Fault::NotFound, noAccount());
    return *now;
}

Result<> SqlAccounts::remove(AccountId id)
{
    GI_TRY(countPictures(id, GI_TRY(pictures(id)), {}));
    GI_TRY(m_executor.change(kRemove, Bindings(id)));
    return {};
}

Result<> SqlAccounts::changeCounters(AccountId id, const ports::AccountCounterChange &change)
{
    m_changes->count(id, change);
    return {};
}

Result<> SqlAccounts::refreshLastStatus(AccountId id)
{
    m_changes->refreshLastStatus(id);
    return {};
}

} // namespace graminsta::sql
