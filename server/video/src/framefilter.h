// SPDX-License-Identifier: GPL-3.0-or-later
// Frames through a chain of FFmpeg's filters, which is made when the first one comes, and anew when they change their
// size or format in the middle. Not thread-safe.
#pragma once

#include "decoding.h"
#include "videosource.h"

#include <QSize>

namespace graminsta::video
{

class FrameFilter
{
public:
    // The chain for frames like this one, as FFmpeg writes it.
    using Describe = std::function<QByteArray(const AVFrame &)>;

    // `frameSize`: samples in each frame of sound that comes out; 0 as they come.
    FrameFilter(Describe describe, AVRational timeBase, int threads, int frameSize, const Deadline &deadline);

    // Null for the end. Frames that come out have their times in timeBase().
    [[nodiscard]] Result<> take(AVFrame *frame, const FrameTaker &taker);
    // Of what comes out. Precondition: a frame has come.
    [[nodiscard]] AVRational timeBase() const;

private:
    // What a chain is made for.
    struct Shape {
        int width = 0;
        int height = 0;
        int format = -1;
        int sampleRate = 0;
        int channels = 0;
        int transfer = 0;
        friend bool operator==(const Shape &, const Shape &) = default;
    };
    [[nodiscard]] static Shape shapeOf(const AVFrame &frame);
    [[nodiscard]] Result<> build(const AVFrame &frame);
    [[nodiscard]] QByteArray entry(const AVFrame &frame) const;
    [[nodiscard]] Result<> drain(const FrameTaker &taker);

    const Describe m_describe;
    const AVRational m_timeBase;
    const int m_threads;
    const int m_frameSize;
    const Deadline &m_deadline;
    Shape m_shape;
    Av<AVFilterGraph> m_graph;
    AVFilterContext *m_entry = nullptr;
    AVFilterContext *m_exit = nullptr;
    Av<AVFrame> m_filtered;
};

enum class PixelForm { Video, Poster }; // yuv420p in BT.709; RGB in sRGB

// The chain that makes upright SDR pictures of `size` out of frames of a track that is to be turned so. `interlaced`:
// of what the track says of itself.
[[nodiscard]] QByteArray pictureChain(const AVFrame &frame, QSize size, Turn turn, bool interlaced, PixelForm form);

} // namespace graminsta::video
