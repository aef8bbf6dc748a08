// SPDX-License-Identifier: GPL-3.0-or-later
// The few file system calls that Qt does not offer, with errors as Results (Fault::Unavailable; `detail` has errno's
// text). Thread-safe.
#pragma once

#include <graminsta/core/result.h>

#include <QString>

#include <utility>

namespace graminsta::media
{

// Owns a file descriptor. Move-only.
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor();
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number = -1;
};

// What errno says of a call on a path (Fault::Unavailable).
[[nodiscard]] Error storageError(const char *call, const QString &path);

// Everything written to the file, or every name made in the folder, is on the disk afterwards.
[[nodiscard]] Result<> syncFile(const QString &path);
[[nodiscard]] Result<> syncFolder(const QString &path);

// Makes the folder, for its owner only. Success if it is there.
[[nodiscard]] Result<> makeFolder(const QString &path);

// Gives the file a second name on the same file system. Success, changing nothing, if the name is taken.
[[nodiscard]] Result<> linkFile(const QString &from, const QString &to);

// Success also if there is no such file.
[[nodiscard]] Result<> removeFile(const QString &path);

// What an ordinary user may still write on the file system of `path`.
[[nodiscard]] Result<qint64> freeBytes(const QString &path);

[[nodiscard]] bool isWritableFolder(const QString &path);

} // namespace graminsta::media
