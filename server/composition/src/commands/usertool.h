// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of `graminsta-server user` share: the profile's database, opened, and the use cases on it, which act
// as the operator. For the main thread.
#pragma once

#include "commandline.h"

#include <graminsta/composition/adapters.h>
#include <graminsta/composition/nodelease.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/moderation/moderateaccounts.h>

#include <memory>

namespace graminsta::composition
{

class UserTool
{
public:
    // Migrates the database if need be.
    [[nodiscard]] static Result<std::unique_ptr<UserTool>> open(const CommandLine &line);

    // Fault::NotFound with a sentence for the operator.
    [[nodiscard]] Result<entities::Account> byName(const QString &username) const;

    [[nodiscard]] sql::SqlDatabase &database() { return *m_database; }
    [[nodiscard]] IdGenerator &ids() { return *m_ids; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] const domain::ModerateAccounts &moderate() const { return *m_moderate; }
    [[nodiscard]] const profile::Profile &profile() const { return m_profile; }
    [[nodiscard]] const QString &dataFolder() const { return m_dataFolder; }

private:
    UserTool() = default;

    profile::Profile m_profile;
    QString m_dataFolder;
    const SystemClock m_clock {};
    std::unique_ptr<sql::SqlDatabase> m_database;
    std::unique_ptr<NodeLease> m_lease;
    std::unique_ptr<IdGenerator> m_ids;
    std::unique_ptr<domain::ModerateAccounts> m_moderate;
};

// How long one act may take.
[[nodiscard]] Deadline commandDeadline();

// A password from standard input: asked for without being shown on a terminal, else a line.
[[nodiscard]] Result<QString> readPassword();

[[nodiscard]] QString roleName(entities::Role role);
// Nothing if it is not the name of one.
[[nodiscard]] std::optional<entities::Role> roleFromName(const QString &name);

// The parts of the command, each with the words after its own.
[[nodiscard]] int userCreate(const QStringList &arguments);
[[nodiscard]] int userList(const QStringList &arguments);
[[nodiscard]] int userShow(const QStringList &arguments);
[[nodiscard]] int userRole(const QStringList &arguments);
[[nodiscard]] int userPassword(const QStringList &arguments);
[[nodiscard]] int userDelete(const QStringList &arguments);
[[nodiscard]] int userTwoFactorOff(const QStringList &arguments);
[[nodiscard]] int userApprove(const QStringList &arguments);
[[nodiscard]] int userReject(const QStringList &arguments);
[[nodiscard]] int userExport(const QStringList &arguments);
[[nodiscard]] int userImport(const QStringList &arguments);
// `act`: "suspend", "unsilence", …
[[nodiscard]] int userAct(const QString &act, const QStringList &arguments);
[[nodiscard]] int userInvite(const QStringList &arguments);
[[nodiscard]] int userInvites(const QStringList &arguments);
[[nodiscard]] int userUninvite(const QStringList &arguments);

} // namespace graminsta::composition
