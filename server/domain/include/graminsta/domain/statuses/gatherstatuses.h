// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses with all that showing them takes, gathered in a fixed number of queries whatever their number. Thread-safe.
#pragma once

#include <graminsta/domain/media/mediagrants.h>
#include <graminsta/domain/policy/visibility.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/filter.h>
#include <graminsta/entities/media.h>
#include <graminsta/entities/oauth.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/status.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/oauth.h>
#include <graminsta/ports/statuses.h>

#include <QHash>

namespace graminsta::domain
{

// Statuses in order, and what they refer to.
struct StatusSet {
    QList<entities::Status> statuses;
    QHash<StatusId, entities::Status> originals; // what the reblogs among them reblog
    QHash<AccountId, entities::Account> accounts; // authors and mentioned
    QHash<StatusId, QList<entities::MediaAttachment>> media;
    QHash<StatusId, entities::StatusFlags> flags; // empty where nobody is signed in
    QHash<StatusId, QList<entities::FilterResult>> filtered; // of those, and of the originals, that filters mean
    AccountId viewer; // null where nobody is signed in
    QHash<ApplicationId, entities::Application> applications; // only where one status is shown by itself
};

// A timeline's page, ready to be shown.
struct StatusPage {
    StatusSet set;
    entities::PageBounds bounds;
};

enum class Detail {
    List, // three queries, and one where there are reblogs
    Single, // one more: with the application it was posted by
};

class GatherStatuses
{
public:
    GatherStatuses(const VisibilityPolicy &visibility, const ports::AccountReader &accounts,
                   const ports::MediaReader &media, const ports::OAuthReader &oauth,
                   const ports::StatusReader &statuses, const MediaGrants &grants);

    // A list: those of the statuses that the viewer may see and that `hide` does not hide, in their order. Three
    // queries.
    [[nodiscard]] Result<StatusSet> visible(const entities::Viewer &viewer, const QList<StatusId> &ids, Hide hide,
                                            const Deadline &deadline) const;

    // Assumes that the viewer may see them.
    [[nodiscard]] Result<StatusSet> run(const entities::Viewer &viewer, const QList<entities::Status> &statuses,
                                        Detail detail, const Deadline &deadline) const;

private:
    // An author who was deleted in between takes the status along, and what is reblogged its reblogs.
    static void dropOrphans(StatusSet &set);
    // With leave to fetch them.
    [[nodiscard]] Result<> addMedia(StatusSet &set, const Deadline &deadline) const;

    const VisibilityPolicy &m_visibility;
    const ports::AccountReader &m_accounts;
    const ports::MediaReader &m_media;
    const ports::OAuthReader &m_oauth;
    const ports::StatusReader &m_statuses;
    const MediaGrants &m_grants;
};

} // namespace graminsta::domain
