// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/profileimage.h>

#include <QFile>

namespace graminsta::domain
{

namespace
{

constexpr int kAvatarSide = 400;
constexpr int kHeaderSide = 1500;

} // namespace

ProfileImage::ProfileImage(const InstanceSettings &settings, ports::ImageProcessor &processor,
                           const ports::MediaStore &store, const BringFiles &files)
    : m_settings(settings)
    , m_processor(processor)
    , m_store(store)
    , m_files(files)
{
}

Result<StoredPicture> ProfileImage::storeAvatar(const QString &file, const Deadline &deadline) const
{
    return store(file, kAvatarSide, ports::Fit::Cover, deadline);
}

Result<StoredPicture> ProfileImage::storeHeader(const QString &file, const Deadline &deadline) const
{
    return store(file, kHeaderSide, ports::Fit::Inside, deadline);
}

Result<StoredPicture> ProfileImage::store(const QString &file, int maxSide, ports::Fit fit,
                                          const Deadline &deadline) const
{
    const QList<ports::VariantSpec> specs { { entities::VariantSize::Feed, maxSide, QStringLiteral("image/jpeg"),
                                              fit } };
    const ports::ProcessedImage image =
        GI_TRY(m_processor.process(file, m_settings.limits.profileImage, specs, m_store.stagingFolder(), deadline));
    const ports::MadeVariant &made = image.variants.first();
    const QString key = QString::fromLatin1(made.sha256.toHex()) + QStringLiteral(".jpg");
    const Result<QList<ports::BlobHold>> holds =
        m_files.put({ { { ports::MediaArea::Public, key }, made.file } }, deadline);
    if (!holds) {
        QFile::remove(made.file);
        return holds.error();
    }
    return StoredPicture { key, *holds };
}

} // namespace graminsta::domain
