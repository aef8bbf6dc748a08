// SPDX-License-Identifier: GPL-3.0-or-later
// The photos of a status, one at a time, as large as they fit; a click shows the true size, and of a
// video opens the system's player. GUI thread only; `media` must outlive it. Keys: Left and Right turn, Z or Enter is
// as a click; dragging moves a zoomed photo.
#pragma once

#include <desktop/core/statusrow.h>

#include <QWidget>

class QToolButton;

namespace graminsta
{

class MediaCache;
struct MediaKey;

class PhotoStage final : public QWidget
{
    Q_OBJECT
public:
    explicit PhotoStage(MediaCache &media, QWidget *parent = nullptr);

    void setPhotos(const QList<Photo> &photos);
    [[nodiscard]] int current() const { return m_current; }
    void turn(int step);
    [[nodiscard]] QSize sizeHint() const override { return { 640, 560 }; }

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] const Photo *photo() const;
    [[nodiscard]] MediaKey keyOf(const Photo &photo) const;
    [[nodiscard]] QRect placeOf(QSize picture) const;
    void update();
    // A photo in its true size, or back; a video in the system's player.
    void activate();
    void setZoomed(bool zoomed);

    MediaCache &m_media;
    QList<Photo> m_photos;
    int m_current = 0;
    bool m_zoomed = false;
    QPoint m_pan; // of the middle of a zoomed photo from the middle of the stage
    QPoint m_pressed;
    bool m_dragged = false;
    QToolButton *m_previous;
    QToolButton *m_next;
};

} // namespace graminsta
