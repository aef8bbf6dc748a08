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

ProfileImage::ProfileImage(const InstanceSettings &settings, ports::ImageProcessor &processor, ports::MediaStore &store)
    : m_settings(settings)
    , m_processor(processor)
    , m_store(store)
{
}

Result<QString> ProfileImage::storeAvatar(const QString &file, const Deadline &deadline) const
{
    return store(file, kAvatarSide, ports::Fit::Cover, deadline);
}

Result<QString> ProfileImage::storeHeader(const QString &file, const Deadline &deadline) const
{
    return store(file, kHeaderSide, ports::Fit::Inside, deadline);
}

Result<QString> ProfileImage::store(const QString &file, int maxSide, ports::Fit fit, const Deadline &deadline) const
{
    const QList<ports::VariantSpec> specs { { entities::VariantSize::Feed, maxSide, QStringLiteral("image/jpeg"),
                                              fit } };
    const ports::ProcessedImage image =
        GI_TRY(m_processor.process(file, m_settings.limits.profileImage, specs, m_store.stagingFolder(), deadline));
    const ports::MadeVariant &made = image.variants.first();
    const QString key = QString::fromLatin1(made.sha256.toHex()) + QStringLiteral(".jpg");
    const Result<> stored = m_store.put({ ports::MediaArea::Public, key }, made.file, deadline);
    if (!stored) {
        QFile::remove(made.file);
        return stored.error();
    }
    return key;
}

} // namespace graminsta::domain
