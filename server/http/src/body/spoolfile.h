// SPDX-License-Identifier: GPL-3.0-or-later
// A file in the staging folder that is written as it arrives. Removed when it goes, unless finish() has handed it on.
// Not thread-safe.
#pragma once

#include <graminsta/http/parameters.h>

#include <QFile>

namespace graminsta::http
{

class SpoolFile
{
public:
    // Fault::Unavailable if the folder cannot be written to.
    [[nodiscard]] static Result<std::unique_ptr<SpoolFile>> create(const QString &folder);
    ~SpoolFile();

    // Fault::Unavailable if the disk does not take it.
    [[nodiscard]] Result<> write(QByteArrayView piece);
    [[nodiscard]] qint64 size() const { return m_size; }
    // Closes the file and gives it away.
    [[nodiscard]] Result<UploadedFile> finish(const QString &clientName);

    SpoolFile(const SpoolFile &) = delete;
    SpoolFile &operator=(const SpoolFile &) = delete;

private:
    explicit SpoolFile(const QString &path);

    QFile m_file;
    qint64 m_size = 0;
    bool m_handedOn = false;
};

} // namespace graminsta::http
