// SPDX-License-Identifier: GPL-3.0-or-later
// What an archive of an account holds (docs/archive.md), and how far the making and the taking in of one have come.
// Values.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/filter.h>
#include <graminsta/entities/media.h>
#include <graminsta/entities/scheduledstatus.h>
#include <graminsta/entities/status.h>

#include <QList>
#include <QString>

#include <array>
#include <optional>
#include <variant>

namespace graminsta
{

using ExportId = Id<struct ExportTag>;
using ImportId = Id<struct ImportTag>;

} // namespace graminsta

namespace graminsta::entities
{

// The parts of an archive, in the order in which they are taken in: blocks before anybody is followed, statuses before
// the marks that may be on them. The numbers are the database's.
enum class ArchivePart {
    Profile = 0,
    Filters = 1,
    Blocks = 2,
    Mutes = 3,
    Notes = 4,
    FollowedTags = 5,
    Statuses = 6,
    Bookmarks = 7,
    Favourites = 8,
    Following = 9,
    ScheduledStatuses = 10,
    Followers = 11, // for the person to know: nobody can be made to follow
    Reblogs = 12, // likewise: what is reblogged is not in the archive
};
inline constexpr int kArchiveParts = 13;
// Those before this one are taken in.
inline constexpr int kImportedParts = 11;

// Somebody else, as the server that made the archive knows them.
struct ArchivedPerson {
    AccountId id;
    QString username;
};

struct ArchivedMedia {
    MediaId id;
    QString path; // in the archive: "media/<sha-256 in hex>.<extension>"
    QString sha256; // of the original, in hex
    qint64 bytes = 0;
    QString mimeType;
    QString description;
    FocusPoint focus;
    License license = License::AllRightsReserved;
};

struct ArchivedProfile {
    Account account;
    User user; // the preferences only
    QString avatarPath; // in the archive; empty: none
    QString headerPath;
};

struct ArchivedStatus {
    Status status; // without counters
    bool isComment = false;
    bool isPinned = false;
    QList<ArchivedMedia> media; // in their order
    QList<StatusEdit> edits; // every version, the oldest first; none if it was never edited
};

// Of a block and a follower only the person counts.
struct ArchivedRelation {
    ArchivedPerson person;
    bool showReblogs = true; // of a follow
    bool notify = false; // likewise
    bool hideNotifications = true; // of a mute
    std::optional<Timestamp> endsAt; // likewise
    QString note; // of a note
};

// A bookmark, a favourite or a reblog.
struct ArchivedMark {
    StatusId statusId;
    ArchivedPerson author;
};

struct ArchivedTag {
    QString name;
};

struct ArchivedScheduled {
    ScheduledStatus scheduled;
    QList<ArchivedMedia> media;
};

// An item of a part; which kind it is follows from the part.
using ArchivedItem = std::variant<ArchivedProfile, Filter, ArchivedRelation, ArchivedTag, ArchivedStatus, ArchivedMark,
                                  ArchivedScheduled>;

struct ArchiveManifest {
    QString server; // its URL, empty if nobody has said
    Timestamp createdAt;
    ArchivedPerson account;
    std::array<qint64, kArchiveParts> items {}; // by part
    qint64 media = 0;
    qint64 mediaBytes = 0;
    QStringList missing; // files that the server did not have any more
};

// The numbers are the database's.
enum class ArchiveState { Working = 0, Done = 1, Failed = 2 };

struct AccountExport {
    ExportId id;
    AccountId accountId;
    ArchiveState state = ArchiveState::Working;
    QString archiveKey; // in the private area of the store, when it is done
    qint64 bytes = 0;
    qint64 statuses = 0;
    qint64 media = 0;
    QString error; // for its owner to read, if it failed
    Timestamp createdAt;
    std::optional<Timestamp> finishedAt;
    std::optional<Timestamp> expiresAt; // set when it is done
};

struct ItemCounts {
    qint64 imported = 0;
    qint64 skipped = 0; // was there already, or is nothing here
    qint64 failed = 0;
    friend bool operator==(const ItemCounts &, const ItemCounts &) = default;
};

// Why one item was skipped or failed.
struct ImportProblem {
    QString entry; // "statuses.jsonl line 12"
    QString reason;
};

struct AccountImport {
    ImportId id;
    AccountId accountId;
    ArchiveState state = ArchiveState::Working;
    bool dryRun = false;
    QString archiveKey; // in the private area of the store; empty when it is over, or where a file is given by hand
    bool verified = false; // every byte of the archive is what its list says
    qint64 position = 0; // of the next entry to verify, then of the next item of `part`
    int part = 0; // ArchivePart
    int attempt = 1; // at what is next; not stored
    StatusId lastStatus; // the newest that it has made
    std::array<ItemCounts, kImportedParts> counts {};
    QString error; // for its owner to read, if it failed
    Timestamp createdAt;
    std::optional<Timestamp> finishedAt;
};

} // namespace graminsta::entities
