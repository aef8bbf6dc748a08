// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/animationplayer.h>

#include <QBuffer>
#include <QImageReader>

#include <algorithm>

namespace graminsta
{

namespace
{

// As browsers do: what asks for less was meant for slower machines.
constexpr int kLeastDelayMs = 20;
constexpr int kUsualDelayMs = 100;

} // namespace

struct AnimationPlayer::Reader {
    QByteArray file;
    QBuffer buffer;
    std::unique_ptr<QImageReader> reader;
    int roundsLeft = 0; // below 0: for ever
    bool isFirst = true;

    void rewind()
    {
        buffer.close();
        buffer.setData(file);
        reader = std::make_unique<QImageReader>(&buffer);
    }

    Frame next()
    {
        if (isFirst) {
            rewind();
            const QSize size = reader->size();
            if (qint64 { size.width() } * size.height() > kMostPixels) {
                return {};
            }
        }
        QImage image = reader->read();
        if (isFirst) {
            roundsLeft = reader->loopCount();
            isFirst = false;
        }
        if (image.isNull() && roundsLeft != 0) {
            roundsLeft -= roundsLeft > 0 ? 1 : 0;
            rewind();
            image = reader->read();
        }
        const int delay = reader->nextImageDelay();
        return { image.convertToFormat(QImage::Format_ARGB32_Premultiplied),
                 delay < kLeastDelayMs ? kUsualDelayMs : delay };
    }
};

AnimationPlayer::AnimationPlayer(QByteArray file, QObject *parent)
    : QObject(parent)
    , m_reader(std::make_shared<Reader>())
{
    m_reader->file = std::move(file);
    m_decoder.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &AnimationPlayer::show);
}

AnimationPlayer::~AnimationPlayer()
{
    m_decoder.waitForDone();
}

void AnimationPlayer::setPlaying(bool playing)
{
    m_playing = playing;
    if (!playing) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        show();
    }
}

void AnimationPlayer::decodeNext()
{
    if (m_decoding || m_ended) {
        return;
    }
    m_decoding = true;
    // The destructor waits for the job, so `this` outlives it; the queued call dies with `this`.
    m_decoder.start([this, reader = m_reader] {
        const Frame frame = reader->next();
        QMetaObject::invokeMethod(
            this, [this, frame] { take(frame); }, Qt::QueuedConnection);
    });
}

void AnimationPlayer::take(const Frame &frame)
{
    m_decoding = false;
    m_ended = frame.image.isNull();
    m_next = frame;
    if (m_playing && !m_timer.isActive()) {
        show();
    }
}

// The next picture if it is there, and the one after it is begun; else take() comes back.
void AnimationPlayer::show()
{
    if (m_playing && !m_next.image.isNull()) {
        m_shown = std::exchange(m_next.image, {});
        m_timer.start(m_next.delayMs);
        Q_EMIT pictureChanged();
    }
    decodeNext();
}

} // namespace graminsta
