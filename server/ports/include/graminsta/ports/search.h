// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses by their words. Readers are thread-safe; writers live inside one UnitOfWork::write(). Case, accents and
// width do not count; a script without spaces is found from one character on; hashtags and emoji are words too.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/status.h>

#include <optional>

namespace graminsta::ports
{

// What must be true of a status; what is not set need not.
struct StatusSearch {
    AccountId viewer;
    // Each a word or a phrase: its words one after the other in the text, the warning, or one description of a photo.
    // One without a word in it does not count; if none has one, nothing is found.
    QStringList wanted;
    QStringList unwanted;
    AccountId author;
    QList<AccountId> notAuthors;
    std::optional<bool> hasMedia;
    std::optional<bool> hasLink;
    std::optional<bool> isSensitive;
    std::optional<bool> isComment;
    QString language;
    bool onlyPublic = false;
    bool onlyLibrary = false; // of the viewer, or what the viewer has liked, bookmarked or reblogged
    // Ids, both exclusive: they tell the time.
    qint64 above = 0;
    qint64 below = 0; // 0: no bound
};

struct SearchStep {
    QList<StatusId> found; // newest first
    qint64 oldest = 0; // the last that was looked at: the next step is below it; 0: there are no more
};

class SearchReader
{
public:
    virtual ~SearchReader() = default;

    // Looks at the newest `candidates` statuses below `search.below` that have the rarest of the wanted words, or are
    // the author's if those are fewer, or, without either, at the newest of all. Finds, of these, no reblogs: what is
    // public, what is the viewer's, and what whom the viewer follows have posted for more than those they name. At most
    // four queries, each of work that `candidates` bounds.
    [[nodiscard]] virtual Result<SearchStep> statuses(const StatusSearch &search, int candidates,
                                                      const Deadline &deadline) const = 0;
};

class SearchWriter : public SearchReader
{
public:
    // Sets the words of a status from the facts: its text, its warning, the descriptions of its photos. After each
    // change of these.
    [[nodiscard]] virtual Result<> index(StatusId id) = 0;
    // Does it for the newest `most` of the statuses that came before words were kept. True if there may be more.
    [[nodiscard]] virtual Result<bool> indexBacklog(int most) = 0;
};

} // namespace graminsta::ports
