// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a file in an archive, as it is unpacked: at most one of them is in memory. Not thread-safe.
#pragma once

#include "ziphandle.h"

#include <graminsta/core/result.h>

#include <QByteArray>

#include <optional>

namespace graminsta::archive
{

class LineReader
{
public:
    // `name` is for the errors. A line may have at most `maxLine` bytes.
    LineReader(ZipFile file, QString name, qint64 maxLine);

    // Without its end; nothing after the last. Fault::Unprocessable naming the line that is too long, or what cannot be
    // read.
    [[nodiscard]] Result<std::optional<QByteArray>> next();
    // How many lines next() has given.
    [[nodiscard]] qint64 position() const { return m_position; }

private:
    [[nodiscard]] Result<> fill();

    ZipFile m_file;
    const QString m_name;
    const qint64 m_maxLine;
    QByteArray m_buffer;
    qsizetype m_begin = 0; // of what has not been given yet
    qint64 m_position = 0;
    bool m_atEnd = false;
};

} // namespace graminsta::archive
