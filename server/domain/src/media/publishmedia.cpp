// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/publishmedia.h>

#include <graminsta/core/logging.h>

namespace graminsta::domain
{

using entities::MediaAttachment;
using ports::MediaArea;

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.media")

constexpr int kAtOnce = 20;

} // namespace

PublishMedia::PublishMedia(const ports::MediaReader &media, const BringFiles &files, ports::UnitOfWork &unitOfWork)
    : m_media(media)
    , m_files(files)
    , m_unitOfWork(unitOfWork)
{
}

Result<PublishableMedia> PublishMedia::prepare(AccountId owner, const QList<MediaId> &ids,
                                               const Deadline &deadline) const
{
    if (ids.isEmpty())
        return PublishableMedia {};
    QList<MediaAttachment> media = GI_TRY(m_media.byIds(ids, deadline));
    // Of others nothing becomes public by naming it; that it cannot be attached is said when it is.
    media.removeIf([owner](const MediaAttachment &one) {
        return one.accountId != owner || one.state != entities::MediaState::Ready || one.published;
    });
    Result<PublishableMedia> all = prepared(media, deadline);
    if (all || all.error().fault != Fault::NotFound)
        return all;
    // One whose file is not where it should be must not keep the post back; it is served as before.
    PublishableMedia found;
    for (const MediaAttachment &one : std::as_const(media)) {
        if (const std::optional<PublishableMedia> single = GI_TRY(preparedIfThere(one, deadline))) {
            found.ids += single->ids;
            found.holds += single->holds;
        }
    }
    return found;
}

Result<std::optional<PublishableMedia>> PublishMedia::preparedIfThere(const MediaAttachment &media,
                                                                      const Deadline &deadline) const
{
    Result<PublishableMedia> one = prepared({ media }, deadline);
    if (one)
        return std::optional(*std::move(one));
    if (one.error().fault != Fault::NotFound)
        return one.error();
    qCWarning(log).noquote() << "Media" << media.id.toString() << "is not published:" << describe(one.error());
    return std::optional<PublishableMedia>();
}

Result<PublishableMedia> PublishMedia::prepared(const QList<MediaAttachment> &media, const Deadline &deadline) const
{
    PublishableMedia publishable;
    QList<ports::MediaKey> keys;
    for (const MediaAttachment &one : media) {
        publishable.ids.append(one.id);
        for (const entities::MediaVariant &variant : one.variants)
            keys.append({ MediaArea::Restricted, variant.key });
    }
    publishable.holds = GI_TRY(m_files.copy(keys, MediaArea::Public, deadline));
    return publishable;
}

Result<> PublishMedia::publish(ports::WriteSet &writers, const PublishableMedia &media)
{
    if (media.ids.isEmpty())
        return {};
    GI_TRY(writers.blobs.confirm(media.holds));
    return writers.media.publish(media.ids);
}

Result<bool> PublishMedia::settle(AccountId account, const Deadline &deadline) const
{
    MediaId after;
    while (!deadline.expired()) {
        const QList<MediaAttachment> misplaced = GI_TRY(m_media.misplaced(account, after, kAtOnce, deadline));
        if (misplaced.isEmpty())
            return false;
        after = misplaced.last().id;
        QList<MediaId> hidden;
        for (const MediaAttachment &one : misplaced) {
            if (one.published) {
                hidden.append(one.id);
                continue;
            }
            const std::optional<PublishableMedia> shown = GI_TRY(preparedIfThere(one, deadline));
            if (!shown)
                continue;
            GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return publish(writers, *shown); }));
        }
        GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.media.unpublish(hidden); }));
    }
    return true;
}

} // namespace graminsta::domain
