// SPDX-License-Identifier: GPL-3.0-or-later
// A file on its way in, in pieces (tus). How much of it is there, the file itself says. A value.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QByteArray>

#include <optional>

namespace graminsta::entities
{

using UploadId = Id<struct UploadTag>;

enum class UploadKind {
    Whole = 0,
    Part = 1, // of a file that is put together later: never a photo by itself
    Joined = 2, // put together: nothing can be added
};

struct Upload {
    UploadId id;
    AccountId accountId;
    UploadKind kind = UploadKind::Whole;
    std::optional<qint64> length; // nothing: the client will say it later
    QByteArray metadata; // as the client has sent it, checked
    QByteArray parts; // of Joined: as the client has named them
    MediaId mediaId; // what was made of it; null: nothing yet
    Timestamp createdAt;
    Timestamp expiresAt;
};

} // namespace graminsta::entities
