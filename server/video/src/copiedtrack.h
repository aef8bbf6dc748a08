// SPDX-License-Identifier: GPL-3.0-or-later
// A track that is taken over as it is, but for what its stream carries besides pictures and sound: cameras put place
// and time into messages between the frames of H.264 (SEI).
#pragma once

#include "track.h"
#include "videosource.h"

namespace graminsta::video
{

class CopiedTrack final : public Track
{
public:
    // `start`: the time that becomes 0, in microseconds. Adds its track to the file, which has not begun.
    [[nodiscard]] static Result<std::unique_ptr<CopiedTrack>> create(const AVStream &from, int64_t start, Mp4File &to);

    [[nodiscard]] Result<> take(AVPacket &packet) override;
    [[nodiscard]] Result<> finish() override;

private:
    CopiedTrack(AVRational timeBase, int64_t start, Mp4File &to);

    [[nodiscard]] Result<> openFilter(const AVStream &from);
    [[nodiscard]] Result<> writeFiltered();

    const AVRational m_timeBase;
    const int64_t m_start; // in m_timeBase
    Mp4File &m_to;
    AVStream *m_track = nullptr;
    Av<AVBSFContext> m_filter;
    Av<AVPacket> m_packet;
};

} // namespace graminsta::video
