// SPDX-License-Identifier: GPL-3.0-or-later
#include "mp4file.h"

#include "averror.h"

#include <QFile>

namespace graminsta::video
{

namespace
{

int isLate(void *opaque)
{
    return static_cast<const Deadline *>(opaque)->expired() ? 1 : 0;
}

} // namespace

Mp4File::Mp4File(const QString &file, const Deadline &deadline)
    : m_name("file:" + QFile::encodeName(file))
    , m_deadline(deadline)
{
}

Mp4File::~Mp4File()
{
    if (m_format != nullptr) {
        avio_closep(&m_format->pb);
        avformat_free_context(m_format);
    }
}

Result<std::unique_ptr<Mp4File>> Mp4File::create(const QString &file, const Deadline &deadline)
{
    std::unique_ptr<Mp4File> made(new Mp4File(file, deadline));
    const int allocated = avformat_alloc_output_context2(&made->m_format, nullptr, "mp4", made->m_name.constData());
    if (allocated < 0)
        return outputError("make a file", allocated, deadline);
    AVFormatContext &format = *made->m_format;
    // No name and version of a program in the file, nor a time.
    format.flags |= AVFMT_FLAG_BITEXACT;
    format.interrupt_callback = { isLate, const_cast<Deadline *>(&deadline) };
    const int opened =
        avio_open2(&format.pb, made->m_name.constData(), AVIO_FLAG_WRITE, &format.interrupt_callback, nullptr);
    if (opened < 0)
        return outputError("open the file", opened, deadline);
    return made;
}

Result<AVStream *> Mp4File::addTrack()
{
    AVStream *track = avformat_new_stream(m_format, nullptr);
    if (track == nullptr)
        return noMemory();
    return track;
}

Result<> Mp4File::begin()
{
    AvOptions options;
    options.set("movflags", "+faststart");
    options.set("brand", "mp42");
    const int begun = avformat_write_header(m_format, options.get());
    return begun < 0 ? Result<>(outputError("write the header", begun, m_deadline)) : Result<>();
}

Result<> Mp4File::write(AVPacket &packet, const AVStream &track, AVRational timeBase)
{
    if (m_deadline.expired())
        return late();
    av_packet_rescale_ts(&packet, timeBase, track.time_base);
    packet.stream_index = track.index;
    packet.pos = -1;
    const int written = av_interleaved_write_frame(m_format, &packet);
    return written < 0 ? Result<>(outputError("write a packet", written, m_deadline)) : Result<>();
}

Result<> Mp4File::finish()
{
    if (const int ended = av_write_trailer(m_format); ended < 0)
        return outputError("write the index", ended, m_deadline);
    const int closed = avio_closep(&m_format->pb);
    return closed < 0 ? Result<>(outputError("close the file", closed, m_deadline)) : Result<>();
}

} // namespace graminsta::video
