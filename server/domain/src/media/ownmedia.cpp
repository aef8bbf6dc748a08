// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/ownmedia.h>

#include <graminsta/domain/media/receivemedia.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/search.h>
#include <graminsta/ports/statuses.h>

namespace graminsta::domain
{

using entities::MediaAttachment;
using entities::Viewer;

namespace
{

Result<MediaAttachment> ownOnly(Result<MediaAttachment> media, const Viewer &viewer)
{
    if (media && media->accountId == viewer.account)
        return media;
    if (!media && media.error().fault != Fault::NotFound)
        return media;
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

// A post is found by the descriptions of its photos. Its lock first, as wherever a post changes.
Result<> store(ports::WriteSet &writers, const MediaAttachment &media, const Deadline &deadline)
{
    if (!media.statusId.isNull())
        GI_TRY(writers.statuses.lock(media.statusId));
    GI_TRY(writers.media.describe(media));
    // Posted since it was read.
    const StatusId status = GI_TRY(writers.media.byId(media.id, deadline)).statusId;
    return status.isNull() ? Result<>() : writers.search.index(status);
}

} // namespace

OwnMedia::OwnMedia(const InstanceSettings &settings, const ports::MediaReader &media, ports::MediaStore &store,
                   const MediaGrants &grants, ports::UnitOfWork &unitOfWork)
    : m_settings(settings)
    , m_media(media)
    , m_store(store)
    , m_grants(grants)
    , m_unitOfWork(unitOfWork)
{
}

Result<MediaAttachment> OwnMedia::show(const Viewer &viewer, MediaId id, const Deadline &deadline) const
{
    MediaAttachment media = GI_TRY(ownOnly(m_media.byId(id, deadline), viewer));
    m_grants.grant(media);
    return media;
}

Result<MediaAttachment> OwnMedia::update(const Viewer &viewer, MediaId id, const MediaChange &change,
                                         const Deadline &deadline) const
{
    if (change.description)
        GI_TRY(checkDescription(*change.description, m_settings.limits));
    if (change.focus)
        GI_TRY(checkFocus(*change.focus));
    MediaAttachment media;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        media = GI_TRY(ownOnly(writers.media.byId(id, deadline), viewer));
        if (change.description)
            media.description = cleanText(*change.description);
        media.focus = change.focus.value_or(media.focus);
        media.license = change.license.value_or(media.license);
        return store(writers, media, deadline);
    }));
    m_grants.grant(media);
    return media;
}

Result<> OwnMedia::remove(const Viewer &viewer, MediaId id, const Deadline &deadline) const
{
    Result<> removed = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(ownOnly(writers.media.byId(id, deadline), viewer));
        return writers.media.removeUnposted(id);
    });
    if (!removed && removed.error().fault == Fault::Conflict)
        return makeError(Fault::Unprocessable, QStringLiteral("Media attachment is currently used by a status"));
    return removed;
}

Result<OriginalFile> OwnMedia::original(const Viewer &viewer, MediaId id, const Deadline &deadline) const
{
    const MediaAttachment media = GI_TRY(show(viewer, id, deadline));
    const QString path = GI_TRY(m_store.localFile({ ports::MediaArea::Private, media.originalKey }, deadline));
    return OriginalFile { media, path };
}

} // namespace graminsta::domain
