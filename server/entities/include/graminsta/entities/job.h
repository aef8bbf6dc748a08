// SPDX-License-Identifier: GPL-3.0-or-later
// Something that is still to be done, after the request that asked for it was answered. Values.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QByteArray>
#include <QString>

namespace graminsta::entities
{

using JobId = Id<struct JobTag>;

struct Job {
    JobId id;
    QString kind; // what to do: names the handler
    QByteArray payload; // to what; only the kind's handler reads it
    int attempts = 0; // with the one under way
    qint64 claim = 0; // which holder this is
    Timestamp dueAt;
    Timestamp createdAt;
    QString lastError; // of the attempt before; for operators
};

} // namespace graminsta::entities
