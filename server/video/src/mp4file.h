// SPDX-License-Identifier: GPL-3.0-or-later
// The MP4 that is made: its index in front, and nothing in it but the tracks. Not thread-safe. The deadline given to
// create() must outlive it.
#pragma once

#include "av.h"

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QByteArray>
#include <QString>

namespace graminsta::video
{

class Mp4File
{
public:
    // All: the faults of outputError(). A file that is not finished is of no use; whoever wanted it deletes it.
    [[nodiscard]] static Result<std::unique_ptr<Mp4File>> create(const QString &file, const Deadline &deadline);
    ~Mp4File();
    Q_DISABLE_COPY_MOVE(Mp4File)

    // Before begin(). The track is the file's; its time base may change in begin().
    [[nodiscard]] Result<AVStream *> addTrack();
    [[nodiscard]] Result<> begin();
    // Takes what is in the packet, whose times are in `timeBase`.
    [[nodiscard]] Result<> write(AVPacket &packet, const AVStream &track, AVRational timeBase);
    [[nodiscard]] Result<> finish();

    [[nodiscard]] const Deadline &deadline() const { return m_deadline; }

private:
    Mp4File(const QString &file, const Deadline &deadline);

    const QByteArray m_name;
    const Deadline &m_deadline;
    AVFormatContext *m_format = nullptr;
};

} // namespace graminsta::video
