// SPDX-License-Identifier: GPL-3.0-or-later
// Owns one file in the staging folder: deletes it when it goes, unless the file was released. Move-only; not
// thread-safe.
#pragma once

#include <QFile>
#include <QString>

#include <utility>

namespace graminsta::ports
{

class StagedFile
{
public:
    StagedFile() = default;
    // Takes over the file at `path`; it need not exist yet.
    explicit StagedFile(QString path)
        : m_path(std::move(path))
    {
    }
    StagedFile(StagedFile &&other) noexcept
        : m_path(std::exchange(other.m_path, {}))
    {
    }
    StagedFile &operator=(StagedFile &&other) noexcept
    {
        if (this != &other) {
            discard();
            m_path = std::exchange(other.m_path, {});
        }
        return *this;
    }
    ~StagedFile() { discard(); }
    Q_DISABLE_COPY(StagedFile)

    // Empty if there is no file, or no longer.
    [[nodiscard]] const QString &path() const { return m_path; }

    // The file is somebody else's now.
    QString release() { return std::exchange(m_path, {}); }

    // Deletes the file now. Harmless if it is gone.
    void discard()
    {
        if (!m_path.isEmpty())
            QFile::remove(std::exchange(m_path, {}));
    }

private:
    QString m_path;
};

} // namespace graminsta::ports
