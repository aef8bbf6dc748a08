// SPDX-License-Identifier: GPL-3.0-or-later
// The files of pictures and videos that anybody may fetch, by their content name (GET /media/:name). Thread-safe.
#pragma once

#include <graminsta/ports/mediastore.h>

namespace graminsta::domain
{

struct MediaFileAnswer {
    QString path;
    QString name; // of what is sent, for an entity tag
    QByteArray mimeType;
    bool varies = false; // another format may be sent under the same name to whoever accepts it
};

class MediaFile
{
public:
    explicit MediaFile(const ports::MediaStore &store);

    // For "….jpg", the WebP of the same picture where there is one and `acceptsWebp`. Fault::NotFound.
    [[nodiscard]] Result<MediaFileAnswer> run(const QString &name, bool acceptsWebp, const Deadline &deadline) const;

private:
    const ports::MediaStore &m_store;
};

} // namespace graminsta::domain
