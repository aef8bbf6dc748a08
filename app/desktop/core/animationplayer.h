// SPDX-License-Identifier: GPL-3.0-or-later
// Plays one animation: GIF, WebP. Each picture is decoded on a thread of its own while the one before is shown, so that
// a large one plays slower and nothing else does; one picture is held ahead, whatever the length. GUI thread only.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace graminsta
{

class AnimationPlayer final : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kMostPixels = 16'000'000; // of a picture; a larger one stays still

    explicit AnimationPlayer(QByteArray file, QObject *parent = nullptr);
    ~AnimationPlayer() override; // waits for the picture that is being decoded

    void setPlaying(bool playing);
    [[nodiscard]] bool isPlaying() const { return m_playing; }
    // Null until the first is decoded, and for good if none can be.
    [[nodiscard]] const QImage &picture() const { return m_shown; }

Q_SIGNALS:
    void pictureChanged();

private:
    struct Reader;
    struct Frame {
        QImage image; // null at the end of the last round
        int delayMs = 0;
    };

    void decodeNext();
    void take(const Frame &frame);
    void show();

    std::shared_ptr<Reader> m_reader; // used by one job at a time
    QThreadPool m_decoder;
    QTimer m_timer; // until the next picture may be shown
    Frame m_next;
    QImage m_shown;
    bool m_playing = false;
    bool m_decoding = false;
    bool m_ended = false;
};

} // namespace graminsta
