// SPDX-License-Identifier: GPL-3.0-or-later
// The same page by QJsonDocument: what the direct writer is measured against.
#pragma once

#include <graminsta/model/entities.h>

#include <QByteArray>

namespace graminsta::bench
{

[[nodiscard]] QByteArray encodeByQJson(const QList<model::Status> &statuses);

} // namespace graminsta::bench
