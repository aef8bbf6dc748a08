// SPDX-License-Identifier: GPL-3.0-or-later
// Collections as our own API has them (/api/graminsta/v1/collections). Thread-safe: functions of their arguments.
#pragma once

#include <graminsta/model/collection.h>

#include <QByteArray>

namespace graminsta::json
{

[[nodiscard]] QByteArray encode(const model::Collection &collection);
[[nodiscard]] QByteArray encode(const QList<model::Collection> &collections);

} // namespace graminsta::json
