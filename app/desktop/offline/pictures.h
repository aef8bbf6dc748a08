// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of the recorded data: photos from a folder, and landscapes drawn at run time for those that are not
// there. GUI thread only.
#pragma once

#include <graminsta/core/result.h>

#include <QHash>
#include <QSize>
#include <QString>

namespace graminsta
{

class Pictures
{
public:
    // Looks through `folder` and what is below it; empty: everything is drawn.
    explicit Pictures(const QString &folder);

    // The bytes of a JPEG, the same for the same name each time.
    [[nodiscard]] Result<QByteArray> bytes(const QString &name) const;
    [[nodiscard]] QSize size(const QString &name) const;
    [[nodiscard]] QString blurhash(const QString &name) const;

private:
    QHash<QString, QString> m_files; // name -> path
};

} // namespace graminsta
