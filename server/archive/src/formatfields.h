// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of the items of an archive. Pure functions, thread-safe.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/entities/archive.h>

#include <QJsonObject>

namespace graminsta::archive
{

[[nodiscard]] QJsonObject encodeFields(entities::ArchivePart part, const entities::ArchivedItem &item,
                                       const QString &server);
// Fault::Unprocessable naming the field that is wrong.
[[nodiscard]] Result<entities::ArchivedItem> decodeFields(entities::ArchivePart part, const QJsonObject &object);

} // namespace graminsta::archive
