// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/compose/incoming.h>

#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QUrl>

namespace graminsta
{

namespace
{

QStringList savedPicture(const QImage &image, const QString &folder)
{
    const QString name =
        QDateTime::currentDateTime().toString(QStringLiteral("'Pasted 'yyyy-MM-dd HH.mm.ss.zzz'.png'"));
    const QString path = folder + QLatin1Char('/') + name;
    return !image.isNull() && QDir().mkpath(folder) && image.save(path, "PNG") ? QStringList { path } : QStringList();
}

} // namespace

bool offersPhotos(const QMimeData &data)
{
    return data.hasUrls() || data.hasImage();
}

QStringList photosIn(const QMimeData &data, const QString &folder)
{
    QStringList files;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile()) {
            files += url.toLocalFile();
        }
    }
    if (files.isEmpty() && data.hasImage()) {
        return savedPicture(data.imageData().value<QImage>(), folder);
    }
    return files;
}

QStringList pastedPhotos(const QString &folder)
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    return data ? photosIn(*data, folder) : QStringList();
}

QString photoFilter()
{
    return QStringLiteral("Photos and videos (*.jpg *.jpeg *.png *.webp *.heic *.heif *.avif *.gif *.mp4 *.m4v *.mov "
                          "*.webm);;All files (*)");
}

} // namespace graminsta
