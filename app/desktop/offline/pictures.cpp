// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/offline/pictures.h>

#include <graminsta/blurhash/blurhash.h>

#include <QBuffer>
#include <QDirIterator>
#include <QImageReader>
#include <QPainter>
#include <QPainterPath>
#include <QRandomGenerator>

#include <cmath>

namespace graminsta
{

namespace
{

constexpr int kLayers = 5;
constexpr int kBlurhashSide = 48;

QSize drawnSize(size_t seed)
{
    constexpr std::array<QSize, 4> kSizes { QSize(1200, 800), QSize(1000, 1250), QSize(1100, 1100), QSize(1400, 800) };
    return kSizes[seed % kSizes.size()];
}

// Hills behind hills under a sky, in the colours of one hour of the day.
QImage drawnLandscape(size_t seed)
{
    const QSize size = drawnSize(seed);
    QRandomGenerator random(static_cast<quint32>(seed));
    const int hue = random.bounded(360);
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient sky(0, 0, 0, size.height());
    sky.setColorAt(0, QColor::fromHsl(hue, 120, 120));
    sky.setColorAt(0.7, QColor::fromHsl((hue + 40) % 360, 150, 205));
    painter.fillRect(image.rect(), sky);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 250, 235, 220));
    const double sun = size.width() * 0.05;
    painter.drawEllipse(QPointF(size.width() * (0.2 + 0.6 * random.generateDouble()), size.height() * 0.28), sun, sun);
    for (int layer = 0; layer < kLayers; ++layer) {
        const double base = size.height() * (0.45 + 0.12 * layer);
        const double wave = size.width() * (0.12 + 0.1 * random.generateDouble());
        const double phase = random.generateDouble() * 10;
        QPainterPath hill(QPointF(0, size.height()));
        for (int x = 0; x <= size.width(); x += 4) {
            hill.lineTo(x, base + std::sin(x / wave + phase) * 34 + std::sin(x / wave * 2.7 + phase) * 12);
        }
        hill.lineTo(size.width(), size.height());
        painter.fillPath(hill, QColor::fromHsl((hue + 20) % 360, 70, 150 - 26 * layer));
    }
    return image;
}

} // namespace

Pictures::Pictures(const QString &folder)
{
    if (folder.isEmpty()) {
        return;
    }
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        m_files.insert(files.fileName(), files.filePath());
    }
}

Result<QByteArray> Pictures::bytes(const QString &name) const
{
    if (const auto path = m_files.constFind(name); path != m_files.cend()) {
        QFile file(*path);
        if (!file.open(QIODevice::ReadOnly)) {
            return makeError(Fault::NotFound, QStringLiteral("The picture cannot be read."), file.errorString());
        }
        return file.readAll();
    }
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    drawnLandscape(qHash(name, 1)).save(&buffer, "JPEG", 85);
    return jpeg;
}

QSize Pictures::size(const QString &name) const
{
    const auto path = m_files.constFind(name);
    if (path == m_files.cend()) {
        return drawnSize(qHash(name, 1));
    }
    const QImageReader reader(*path);
    const bool turned = reader.transformation() & QImageIOHandler::TransformationRotate90;
    return turned ? reader.size().transposed() : reader.size();
}

QString Pictures::blurhash(const QString &name) const
{
    const Result<QByteArray> jpeg = bytes(name);
    if (!jpeg) {
        return {};
    }
    QByteArray data = *jpeg;
    QBuffer buffer(&data);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    reader.setScaledSize(QSize(kBlurhashSide, kBlurhashSide));
    const QImage small = reader.read().convertToFormat(QImage::Format_RGB888);
    blurhash::RgbPixels pixels { small.width(), small.height(), {} };
    for (int y = 0; y < small.height(); ++y) {
        pixels.bytes.append(reinterpret_cast<const char *>(small.constScanLine(y)), small.width() * 3);
    }
    return pixels.width > 0 ? blurhash::encode(pixels, {}) : QString();
}

} // namespace graminsta
