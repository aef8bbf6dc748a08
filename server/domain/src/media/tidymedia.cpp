// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/tidymedia.h>

#include <graminsta/core/logging.h>

namespace graminsta::domain
{

using ports::MediaArea;
using ports::MediaKey;

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.media")

// Small enough to end well before others could take over what was taken.
constexpr int kFiles = 200;
// Short transactions for the one writer that others wait for.
constexpr int kLoose = 20;
constexpr int kBacklog = 50;
constexpr int kListed = 500;
// Servers of an older version put files without a word.
constexpr std::chrono::hours kStrayAge { 24 };

std::optional<MediaArea> nextArea(MediaArea area)
{
    switch (area) {
    case MediaArea::Public:
        return MediaArea::Private;
    case MediaArea::Private:
        return MediaArea::Restricted;
    case MediaArea::Restricted:
        break;
    }
    return std::nullopt;
}

} // namespace

TidyMedia::TidyMedia(const ports::MediaReader &media, ports::MediaStore &store, const BringFiles &files,
                     ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock,
                     std::chrono::milliseconds keepLoose)
    : m_media(media)
    , m_store(store)
    , m_files(files)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
    , m_keepLoose(keepLoose)
{
}

Result<bool> TidyMedia::removeUnused(const Deadline &deadline) const
{
    QList<MediaKey> taken;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        taken = GI_TRY(writers.blobs.takeUnused(m_clock.now(), kFiles));
        return {};
    }));
    if (taken.isEmpty())
        return false;
    QList<MediaKey> gone;
    Result<> removed;
    for (const MediaKey &key : std::as_const(taken)) {
        // Each looks at the deadline before it deletes: after it, others may have taken the key.
        removed = m_store.remove(key, deadline);
        if (!removed)
            break;
        gone.append(key);
    }
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.blobs.forget(gone); }));
    // What is left is taken again when it is sure that nobody is at it.
    GI_TRY(removed);
    return taken.size() == kFiles;
}

Result<bool> TidyMedia::removeLoose(const Deadline &deadline) const
{
    int seen = 0;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const Timestamp now = m_clock.now();
        seen = GI_TRY(writers.media.removeLoose(now - m_keepLoose, now, kLoose));
        return {};
    }));
    return seen >= kLoose;
}

Result<bool> TidyMedia::findStrays(const Deadline &deadline) const
{
    // Those of media that are not counted yet would look like some.
    if (!GI_TRY(m_media.uncounted(1, deadline)).isEmpty())
        return false;
    MediaKey position;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        position = GI_TRY(writers.blobs.sweepPosition());
        return {};
    }));
    const ports::MediaStore::Listing listing =
        GI_TRY(m_store.list(position.area, position.name, m_clock.now() - kStrayAge, kListed, deadline));
    const std::optional<MediaArea> next = nextArea(position.area);
    const bool isEnd = listing.last.isEmpty() && !next;
    const MediaKey onward = listing.last.isEmpty() ? MediaKey { next.value_or(MediaArea::Public), QString() }
                                                   : MediaKey { position.area, listing.last };
    qint64 strays = 0;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        strays = GI_TRY(writers.blobs.adopt(position.area, listing.names, m_ids.next<MediaId>().number()));
        return writers.blobs.setSweepPosition(onward);
    }));
    if (strays > 0)
        qCInfo(log) << strays << "files of the store belong to nothing; they are removed";
    return !isEnd;
}

Result<bool> TidyMedia::countBacklog(const Deadline &deadline) const
{
    const QList<entities::MediaAttachment> uncounted = GI_TRY(m_media.uncounted(kBacklog, deadline));
    for (const entities::MediaAttachment &media : uncounted) {
        QList<MediaKey> keys;
        for (const entities::MediaVariant &variant : media.variants)
            keys.append({ MediaArea::Public, variant.key });
        const Result<QList<ports::BlobHold>> holds = m_files.copy(keys, MediaArea::Restricted, deadline);
        // What is lost is lost; `doctor` says so.
        if (!holds && holds.error().fault != Fault::NotFound)
            return holds.error();
        GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
            if (holds)
                GI_TRY(writers.blobs.confirm(*holds));
            return writers.media.count(media.id);
        }));
    }
    return uncounted.size() == kBacklog;
}

} // namespace graminsta::domain
