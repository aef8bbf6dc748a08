// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of one's account as JSON. Pure functions, thread-safe.
#pragma once

#include <graminsta/model/archives.h>

#include <QByteArray>

namespace graminsta::json
{

[[nodiscard]] QByteArray encode(const model::AccountExport &made);
[[nodiscard]] QByteArray encode(const QList<model::AccountExport> &made);
[[nodiscard]] QByteArray encode(const model::AccountImport &import);
[[nodiscard]] QByteArray encode(const QList<model::AccountImport> &imports);

} // namespace graminsta::json
