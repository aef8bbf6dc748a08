// SPDX-License-Identifier: GPL-3.0-or-later
// A square picture of a file on this computer, or, where that cannot be read here (HEIC), of what the server has made
// of it. GUI thread only; `media` must outlive it.
#pragma once

#include <QWidget>

namespace graminsta
{

class MediaCache;
struct MediaKey;

class Thumbnail final : public QWidget
{
    Q_OBJECT
public:
    Thumbnail(QString path, int side, MediaCache &media, QWidget *parent = nullptr);

    // What the server shows of it. Does nothing where the file itself can be read.
    void setUploaded(const QString &previewUrl, const QString &blurhash);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] MediaKey key() const;
    [[nodiscard]] MediaKey uploadedKey() const;
    void wantPicture();

    QString m_path;
    QString m_previewUrl;
    QString m_blurhash;
    MediaCache &m_media;
};

} // namespace graminsta
