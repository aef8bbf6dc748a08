// SPDX-License-Identifier: GPL-3.0-or-later
// A square picture of a file on this computer. GUI thread only; `media` must outlive it.
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

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] MediaKey key() const;

    QString m_path;
    MediaCache &m_media;
};

} // namespace graminsta
