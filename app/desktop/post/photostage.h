// SPDX-License-Identifier: GPL-3.0-or-later
// The photos of a status, one at a time, as large as they fit; a click shows the true size, and of a video opens the
// system's player. GUI thread only; `media` must outlive it. An animation plays while it is to be seen. Keys: Left and
// Right turn, Z or Enter is as a click, Space stops and starts an animation; dragging moves a zoomed photo.
#pragma once

#include <desktop/core/statusrow.h>

#include <QWidget>

#include <memory>

class QToolButton;

namespace graminsta
{

class AnimationPlayer;
class MediaCache;
struct MediaKey;

class PhotoStage final : public QWidget
{
    Q_OBJECT
public:
    explicit PhotoStage(MediaCache &media, QWidget *parent = nullptr);
    ~PhotoStage() override;

    void setPhotos(const QList<Photo> &photos);
    [[nodiscard]] int current() const { return m_current; }
    // Null if the photo shown is no animation, or not there yet.
    [[nodiscard]] const AnimationPlayer *player() const { return m_player.get(); }
    void turn(int step);
    [[nodiscard]] QSize sizeHint() const override { return { 640, 560 }; }

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
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
    void playShown();

    MediaCache &m_media;
    QList<Photo> m_photos;
    int m_current = 0;
    bool m_zoomed = false;
    QPoint m_pan; // of the middle of a zoomed photo from the middle of the stage
    QPoint m_pressed;
    bool m_dragged = false;
    std::unique_ptr<AnimationPlayer> m_player; // of the photo shown, if it is an animation
    QString m_playedUrl;
    QToolButton *m_previous;
    QToolButton *m_next;
};

} // namespace graminsta
