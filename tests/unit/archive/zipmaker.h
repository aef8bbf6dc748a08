// SPDX-License-Identifier: GPL-3.0-or-later
// ZIP files with whatever is wrong about them. For one thread.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace graminsta::archive_test
{

using Files = QMap<QByteArray, QByteArray>; // by name

[[nodiscard]] QByteArray sha256(const QByteArray &bytes);
// A whole archive of `files`, with the list and the manifest that fit them.
[[nodiscard]] Files archiveOf(Files files);
// Writes a ZIP file; the test fails if it cannot.
void writeZip(const QString &path, const Files &files);

} // namespace graminsta::archive_test
