// SPDX-License-Identifier: GPL-3.0-or-later
// Who may see what: the only place that decides it, for every path that shows a status. Thread-safe.
#pragma once

#include <graminsta/entities/status.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/follows.h>

namespace graminsta::domain
{

class VisibilityPolicy
{
public:
    explicit VisibilityPolicy(const ports::FollowReader &follows);

    // Public and unlisted: everybody. Private: its author, the author's followers, whom it mentions. Direct: its author
    // and whom it mentions. At most one query.
    [[nodiscard]] Result<bool> maySee(const entities::Viewer &viewer, const entities::Status &status,
                                      const Deadline &deadline) const;
    // Those of `statuses` that the viewer may see, in their order. At most one query.
    [[nodiscard]] Result<QList<entities::Status>>
    visible(const entities::Viewer &viewer, QList<entities::Status> statuses, const Deadline &deadline) const;
    // The least public visibility of `author`'s posts that a list of them shows the viewer. At most one query.
    [[nodiscard]] Result<entities::Visibility> listUpTo(const entities::Viewer &viewer, AccountId author,
                                                        const Deadline &deadline) const;

private:
    const ports::FollowReader &m_follows;
};

} // namespace graminsta::domain
