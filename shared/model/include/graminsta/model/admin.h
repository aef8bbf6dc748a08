// SPDX-License-Identifier: GPL-3.0-or-later
// What moderators see of accounts and reports, and people of how they sign in, as values of the wire. Ids and URLs as
// in entities.h. https://docs.joinmastodon.org/entities/Admin_Account/ and Admin_Report
#pragma once

#include <graminsta/model/entities.h>
#include <graminsta/model/instance.h>

namespace graminsta::model
{

struct AdminAccount {
    QString id;
    QString username;
    Timestamp createdAt;
    QString email;
    QString locale;
    QString inviteRequest; // why they want to be let in
    QString createdByApplicationId; // empty: none
    QString invitedByAccountId; // empty: nobody
    Role role;
    bool approved = true;
    bool disabled = false;
    bool silenced = false;
    bool suspended = false;
    bool sensitized = false;
    Account account;
};

struct AdminReport {
    QString id;
    std::optional<Timestamp> actionTakenAt;
    QString category;
    QString comment;
    Timestamp createdAt;
    Timestamp updatedAt;
    AdminAccount account; // who reports
    AdminAccount targetAccount;
    std::optional<AdminAccount> assignedAccount;
    std::optional<AdminAccount> actionTakenByAccount;
    QList<Status> statuses;
    QList<Rule> rules;
};

// Jobs of one kind in the queue.
struct JobCount {
    QString kind;
    qint64 waiting = 0;
    qint64 givenUp = 0;
};

// A job that was given up.
struct DeadJob {
    QString id;
    QString kind;
    Timestamp createdAt;
    int attempts = 0;
    QString error; // why the last attempt failed
};

struct JobOverview {
    QList<JobCount> kinds;
    QList<DeadJob> givenUp;
};

struct AuditEntry {
    QString id;
    Timestamp createdAt;
    QString action;
    QString actorId; // empty: the operator, on the command line
    QString actor;
    QString targetType;
    QString targetId;
    QString target;
    QString reason;
};

struct Invite {
    QString id;
    QString code;
    QString accountId; // who invites; empty: the operator
    int maxUses = 0; // 0: any number
    int uses = 0;
    std::optional<Timestamp> expiresAt;
    Timestamp createdAt;
};

// What a moderator has told an account.
struct Strike {
    QString id;
    QString action; // as Mastodon's AccountWarning
    QString text;
    Timestamp createdAt;
};

// Where somebody is signed in.
struct SignedInApplication {
    QString id;
    ApplicationInfo application;
    QStringList scopes;
    Timestamp createdAt;
    bool current = false; // the one that asks
};

struct TwoFactorState {
    bool enabled = false;
    int recoveryCodesLeft = 0;
};

struct TwoFactorBegun {
    QString secret; // base32
    QString uri; // otpauth://
};

} // namespace graminsta::model
