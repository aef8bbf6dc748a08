// SPDX-License-Identifier: GPL-3.0-or-later
// What a server has of a file that is to be posted, so that a program that was ended goes on where it was. A value, to
// be kept on disk.
#pragma once

#include <graminsta/core/clock.h>

#include <QString>

namespace graminsta::client
{

struct UploadRecord {
    QString owner; // the account and its server, in the words of whoever made the Uploader
    qint64 fileSize = 0;
    Timestamp fileTime {}; // when it was last changed
    // Of the upload in pieces that has begun, the path of its URL. The host is not kept: a token goes to the session's
    // own server only, whatever was written here, and the server on this computer comes back at another port.
    QString upload;
    QString mediaId; // once there is one; then `upload` is empty
    friend bool operator==(const UploadRecord &, const UploadRecord &) = default;

    [[nodiscard]] bool isEmpty() const { return upload.isEmpty() && mediaId.isEmpty(); }
};

// Of a file of which the server has nothing yet.
[[nodiscard]] UploadRecord recordOf(const QString &owner, const QString &file);
// Whether the file is the one of the record, by its size and time.
[[nodiscard]] bool isOfFile(const UploadRecord &record, const QString &file);

} // namespace graminsta::client
