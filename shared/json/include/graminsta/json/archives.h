// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of one's account as JSON, both ways. Reading is as tolerant as in decode.h. Pure functions, thread-safe.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/model/archives.h>

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>

namespace graminsta::json
{

[[nodiscard]] QByteArray encode(const model::AccountExport &made);
[[nodiscard]] QByteArray encode(const QList<model::AccountExport> &made);
[[nodiscard]] QByteArray encode(const model::AccountImport &import);
[[nodiscard]] QByteArray encode(const QList<model::AccountImport> &imports);

[[nodiscard]] Result<model::AccountExport> decodeAccountExport(const QJsonObject &from); // needs: id, state
[[nodiscard]] Result<model::AccountImport> decodeAccountImport(const QJsonObject &from); // needs: id, state
// What cannot be read is left out.
[[nodiscard]] QList<model::AccountExport> decodeAccountExports(const QJsonArray &array);
[[nodiscard]] QList<model::AccountImport> decodeAccountImports(const QJsonArray &array);

} // namespace graminsta::json
