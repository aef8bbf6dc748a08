// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of one's account, as the wire has them. Values.
#pragma once

#include <graminsta/core/clock.h>

#include <QList>
#include <QString>

#include <optional>

namespace graminsta::model
{

struct AccountExport {
    QString id;
    QString state; // "working", "done" or "failed"
    qint64 bytes = 0;
    qint64 statusesCount = 0;
    qint64 mediaCount = 0;
    QString error; // if it failed
    QString url; // of the archive, if it is done
    Timestamp createdAt;
    std::optional<Timestamp> finishedAt;
    std::optional<Timestamp> expiresAt;
    friend bool operator==(const AccountExport &, const AccountExport &) = default;
};

struct ImportCounts {
    QString part; // "statuses", "blocks"…
    qint64 imported = 0;
    qint64 skipped = 0;
    qint64 failed = 0;
    friend bool operator==(const ImportCounts &, const ImportCounts &) = default;
};

struct ImportProblem {
    QString entry;
    QString reason;
    friend bool operator==(const ImportProblem &, const ImportProblem &) = default;
};

struct AccountImport {
    QString id;
    QString state; // as of an export
    bool dryRun = false;
    QString step; // "verifying", or the part that is being taken in; empty when it is over
    qint64 position = 0; // in that
    QList<ImportCounts> counts;
    std::optional<QList<ImportProblem>> problems; // of one that is shown by itself
    QString error;
    Timestamp createdAt;
    std::optional<Timestamp> finishedAt;
    friend bool operator==(const AccountImport &, const AccountImport &) = default;
};

} // namespace graminsta::model
