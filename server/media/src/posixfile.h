// SPDX-License-Identifier: GPL-3.0-or-later
// The few file system calls that Qt does not offer, with errors as Results (Fault::Unavailable; `detail` has errno's
// text). Thread-safe.
#pragma once

#include <graminsta/core/result.h>

#include <QString>

namespace graminsta::media
{

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
