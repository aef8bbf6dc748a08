// SPDX-License-Identifier: GPL-3.0-or-later
// A post being written, as it is kept on disk: it survives failures and the end of the app. Values.
#pragma once

#include <graminsta/client/uploadrecord.h>
#include <graminsta/core/result.h>

#include <QList>
#include <QString>

namespace graminsta
{

struct DraftPhoto {
    QString path;
    QString description;
    client::UploadRecord upload {}; // what a server has of it already
    friend bool operator==(const DraftPhoto &, const DraftPhoto &) = default;
};

struct Draft {
    QList<DraftPhoto> photos;
    QString caption;
    QString visibility = QStringLiteral("public");
    int license = 1; // of all its photos; 1: all rights reserved
    // Made with the first attempt to post, and kept for the others: the server makes the post once.
    QByteArray idempotencyKey;
    friend bool operator==(const Draft &, const Draft &) = default;

    [[nodiscard]] bool isEmpty() const { return photos.isEmpty() && caption.trimmed().isEmpty(); }
};

// One draft in `folder`/draft.json. Photos that are gone are left out when it is read.
[[nodiscard]] Draft readDraft(const QString &folder);
// On the disk when it returns. An empty draft removes the file, and the pictures that were pasted into the folder.
[[nodiscard]] Result<> writeDraft(const QString &folder, const Draft &draft);

} // namespace graminsta
