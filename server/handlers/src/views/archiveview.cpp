// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/handlers/archiveview.h>

namespace graminsta::handlers
{

using entities::AccountExport;
using entities::AccountImport;
using entities::ArchivePart;
using entities::ArchiveState;

namespace
{

struct PartName {
    ArchivePart part;
    const char *name;
};

constexpr PartName kParts[] = {
    { ArchivePart::Profile, "profile" },
    { ArchivePart::Filters, "filters" },
    { ArchivePart::Blocks, "blocks" },
    { ArchivePart::Mutes, "mutes" },
    { ArchivePart::Notes, "notes" },
    { ArchivePart::FollowedTags, "followed_tags" },
    { ArchivePart::Statuses, "statuses" },
    { ArchivePart::Bookmarks, "bookmarks" },
    { ArchivePart::Favourites, "favourites" },
    { ArchivePart::Following, "following" },
    { ArchivePart::ScheduledStatuses, "scheduled_statuses" },
};
static_assert(std::size(kParts) == entities::kImportedParts);

QString stateName(ArchiveState state)
{
    switch (state) {
    case ArchiveState::Working:
        return QStringLiteral("working");
    case ArchiveState::Done:
        return QStringLiteral("done");
    case ArchiveState::Failed:
        return QStringLiteral("failed");
    }
    return QStringLiteral("failed");
}

QString stepOf(const AccountImport &import)
{
    if (import.state != ArchiveState::Working || import.part >= entities::kImportedParts)
        return {};
    return import.verified ? QLatin1String(kParts[import.part].name) : QLatin1String("verifying");
}

} // namespace

model::AccountExport exportView(const AccountExport &made, const QString &baseUrl)
{
    model::AccountExport view;
    view.id = made.id.toString();
    view.state = stateName(made.state);
    view.bytes = made.bytes;
    view.statusesCount = made.statuses;
    view.mediaCount = made.media;
    view.error = made.error;
    if (made.state == ArchiveState::Done)
        view.url = baseUrl + QStringLiteral("/api/graminsta/v1/account/exports/%1/file").arg(view.id);
    view.createdAt = made.createdAt;
    view.finishedAt = made.finishedAt;
    view.expiresAt = made.expiresAt;
    return view;
}

model::AccountImport importView(const AccountImport &import)
{
    model::AccountImport view;
    view.id = import.id.toString();
    view.state = stateName(import.state);
    view.dryRun = import.dryRun;
    view.step = stepOf(import);
    view.position = import.position;
    for (const PartName &part : kParts) {
        const entities::ItemCounts &counts = import.counts[size_t(part.part)];
        view.counts.append({ QLatin1String(part.name), counts.imported, counts.skipped, counts.failed });
    }
    view.error = import.error;
    view.createdAt = import.createdAt;
    view.finishedAt = import.finishedAt;
    return view;
}

model::AccountImport importView(const domain::ImportReport &report)
{
    model::AccountImport view = importView(report.import);
    view.problems.emplace();
    for (const entities::ImportProblem &problem : report.problems)
        view.problems->append({ problem.entry, problem.reason });
    return view;
}

} // namespace graminsta::handlers
