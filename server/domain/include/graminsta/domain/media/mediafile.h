// SPDX-License-Identifier: GPL-3.0-or-later
// The files of pictures and videos, by their content name (GET /media/:name): public ones to anybody, others to whoever
// has a grant (MediaGrants). Asks the store alone, never the database. Thread-safe.
#pragma once

#include <graminsta/domain/media/mediagrants.h>
#include <graminsta/ports/mediastore.h>

#include <optional>

namespace graminsta::domain
{

struct MediaFileRequest {
    QString name;
    bool acceptsWebp = false;
    // As in the URL; nothing where it has none.
    std::optional<QString> expiry;
    std::optional<QString> signature;
};

struct MediaFileAnswer {
    QString path;
    QString name; // of what is sent, for an entity tag
    QByteArray mimeType;
    std::optional<Timestamp> grantedUntil; // nothing: public, for ever
    bool varies = false; // another format may be sent under the same name to whoever accepts it
};

class MediaFile
{
public:
    MediaFile(const ports::MediaStore &store, const MediaGrants &grants);

    // For "….jpg", the WebP of the same picture where there is one and `acceptsWebp`. Fault::NotFound, whether there is
    // none, it is not public, or the grant is none for it: who has the same photo does not learn that it is here.
    [[nodiscard]] Result<MediaFileAnswer> run(const MediaFileRequest &request, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<MediaFileAnswer> find(ports::MediaArea area, const MediaFileRequest &request,
                                               const Deadline &deadline) const;

    const ports::MediaStore &m_store;
    const MediaGrants &m_grants;
};

} // namespace graminsta::domain
