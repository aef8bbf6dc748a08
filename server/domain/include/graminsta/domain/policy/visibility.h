// SPDX-License-Identifier: GPL-3.0-or-later
// Who may see what: the only place that decides it, for every path that shows a status or a list of people.
// Thread-safe.
//
// A block hides each side's statuses from the other everywhere, whichever side has blocked, and each from the other in
// lists of people; profiles stay, as in Mastodon: who blocks must be able to take it back. A mute hides statuses in
// feeds only.
//
// What moderators have restricted is restricted here: of a hidden account (waiting for approval, suspended, being
// deleted) nobody but itself sees anything, of a silenced one only its followers see what comes by itself.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/entities/status.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/relations.h>

#include <optional>

namespace graminsta::domain
{

// What a list leaves out besides what the viewer may not see by its visibility.
enum class Hide {
    Nothing, // for moderators' eyes
    Blocked, // a thread, a profile, a notification: what was gone to
    BlockedAndMuted, // a feed of what the viewer has chosen
    Unsought, // what comes by itself from anybody: also silenced accounts, but for those whom the viewer follows
};

// What lists a status by itself, to those who watch it.
enum class Feed {
    Home, // of those whom one follows, and one's own
    Public, // of everybody: the public timeline, hashtags
};

class VisibilityPolicy
{
public:
    VisibilityPolicy(const ports::RelationReader &relations, const Clock &clock);

    // Public and unlisted: everybody. Private: its author, the author's followers, whom it mentions. Direct: its author
    // and whom it mentions. Nobody between whom and the author is a block. At most one query.
    [[nodiscard]] Result<bool> maySee(const entities::Viewer &viewer, const entities::Status &status,
                                      const Deadline &deadline) const;
    // Those of `statuses` that the viewer may see, in their order. At most one query.
    [[nodiscard]] Result<QList<entities::Status>> visible(const entities::Viewer &viewer,
                                                          QList<entities::Status> statuses, Hide hide,
                                                          const Deadline &deadline) const;
    // The same for one status and many who watch: those of `viewers` to whom such a feed shows it, in their order. That
    // the feed lists it (feeds.h) is the caller's to know. One query, two for a reblog.
    [[nodiscard]] Result<QList<AccountId>> readers(const entities::Status &status, Feed feed, QList<AccountId> viewers,
                                                   const Deadline &deadline) const;
    // The least public visibility of `author`'s posts that a list of them shows the viewer; nothing where a block keeps
    // them apart. At most one query.
    [[nodiscard]] Result<std::optional<entities::Visibility>> listUpTo(const entities::Viewer &viewer, AccountId author,
                                                                       const Deadline &deadline) const;

    // Those of `accounts` that a list of people shows the viewer, in their order: a list that was gone to, or,
    // Unsought, one that offers people. `named` was asked for by name: neither a block nor a mute hides it. At most
    // one query.
    [[nodiscard]] Result<QList<entities::Account>> visibleAccounts(const entities::Viewer &viewer,
                                                                   QList<entities::Account> accounts, Hide hide,
                                                                   const Deadline &deadline,
                                                                   AccountId named = {}) const;
    // The accounts with how the viewer stands to each; nobody is restricted for themselves. At most one query.
    [[nodiscard]] Result<QHash<AccountId, ports::SeenAccount>>
    people(const entities::Viewer &viewer, const QList<AccountId> &accounts, const Deadline &deadline) const;
    // As visible(), where it is known who the people are: authors, and authors of what is reblogged.
    [[nodiscard]] static bool shows(const entities::Viewer &viewer, const entities::Status &status,
                                    const QHash<AccountId, ports::SeenAccount> &people, Hide hide);

    // Only those to whom the viewer stands in some way, or which are restricted. At most one query.
    [[nodiscard]] Result<QHash<AccountId, entities::Standing>>
    standings(const entities::Viewer &viewer, const QList<AccountId> &accounts, const Deadline &deadline) const;

private:
    const ports::RelationReader &m_relations;
    const Clock &m_clock;
};

} // namespace graminsta::domain
