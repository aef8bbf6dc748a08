// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts and the people who sign in to them, as the server knows them (rows), apart from what the wire says.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/license.h>

#include <QByteArray>
#include <QFlags>
#include <QList>
#include <QString>

#include <optional>

namespace graminsta::entities
{

// A name and a value that an account shows on its profile.
struct ProfileField {
    QString name;
    QString value;
    friend bool operator==(const ProfileField &, const ProfileField &) = default;
};

// What keeps an account from others, or its person from it. The numbers are the database's.
enum class Restriction {
    Pending = 1, // waits for approval
    Suspended = 2,
    Deleted = 4, // its rows are being removed
    Silenced = 8, // shown to its followers and to whoever goes to it; Mastodon's "limited"
    Sensitized = 16, // all its media are sensitive
    Disabled = 32, // nobody signs in to it; what it has posted stays
};
Q_DECLARE_FLAGS(Restrictions, Restriction)
Q_DECLARE_OPERATORS_FOR_FLAGS(Restrictions)

// Those of which one alone hides all that an account has.
inline constexpr Restrictions kHiding = Restriction::Pending | Restriction::Suspended | Restriction::Deleted;

enum class Visibility { Public = 0, Unlisted = 1, Private = 2, Direct = 3 };

// The public face. Pictures are content keys of the media store, empty for none; URLs are made when they are shown.
struct Account {
    AccountId id;
    QString username; // as chosen; unique without regard to case
    QString displayName;
    QString note; // source text, not HTML
    QString avatarKey;
    QString headerKey;
    QList<ProfileField> fields;
    bool locked = false; // followers are asked for approval
    bool bot = false;
    bool discoverable = true;
    Timestamp createdAt;
    StatusId lastStatusId; // newest own status, null if there is none: the first probe of every home timeline
    qint64 followersCount = 0;
    qint64 followingCount = 0;
    qint64 statusesCount = 0;
    Restrictions restrictions {};

    [[nodiscard]] bool isHidden() const { return restrictions.testAnyFlags(kHiding); }
    [[nodiscard]] bool isSilenced() const { return restrictions.testFlag(Restriction::Silenced); }
};

enum class Role { User = 0, Moderator = 1, Admin = 2, Owner = 3 };

// How somebody signs in to an account, and what they prefer. Never leaves the server but to its owner.
struct User {
    AccountId accountId;
    QString email; // unique without regard to case; may be empty for the local person of stage 1
    QByteArray passwordHash; // argon2id, libsodium's string form; empty: no password sign-in
    Role role = Role::User;
    QString locale;
    Visibility defaultVisibility = Visibility::Public;
    bool defaultSensitive = false;
    QString defaultLanguage;
    Timestamp createdAt;
    QString signUpReason; // why they want to be let in
    AccountId invitedBy; // null: nobody
    ApplicationId application; // through which the account was made; null: on the command line
    qint64 mediaBytes = 0; // of all originals; only read
    Restrictions restrictions {}; // of the account; only read
    License defaultLicense = License::AllRightsReserved; // of new photos
};

// How the viewer and another account stand to each other.
struct Relationship {
    AccountId accountId; // the other one
    bool following = false;
    bool followedBy = false;
    bool requested = false; // the viewer has asked to follow
    bool requestedBy = false;
    bool showingReblogs = true;
    bool notifying = false;
    bool blocking = false;
    bool blockedBy = false;
    bool muting = false;
    bool mutingNotifications = false;
    std::optional<Timestamp> muteEndsAt; // none: until it is taken back
    QString note; // the viewer's own, that nobody else sees
};

// What decides whether the viewer sees something of another account.
struct Standing {
    bool following = false;
    bool blocked = false; // one blocks the other, whichever
    bool muting = false;
    bool mutingNotifications = false;
    bool showingReblogs = false; // following, and with reblogs
    bool hidden = false; // by a restriction of the account that is looked at
    bool silenced = false;
};

} // namespace graminsta::entities
