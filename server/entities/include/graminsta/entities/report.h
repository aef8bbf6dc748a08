// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody tells the moderators of an account.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace graminsta::entities
{

enum class ReportCategory { Other = 0, Spam = 1, Legal = 2, Violation = 3 };

struct Report {
    ReportId id;
    AccountId accountId; // who reports
    AccountId targetId;
    ReportCategory category = ReportCategory::Other;
    QString comment;
    QList<StatusId> statuses; // of the target; may have been deleted since
    QStringList rules; // ids of the instance's rules
    Timestamp createdAt;
    std::optional<Timestamp> actionTakenAt;
    AccountId actionTakenBy; // null: nobody yet, or the operator
    AccountId assignedTo; // the moderator who sees to it; null: nobody
    std::optional<Timestamp> updatedAt;
};

} // namespace graminsta::entities
