// SPDX-License-Identifier: GPL-3.0-or-later
// Exports and imports of accounts as the wire has them; the command line says the same. Pure functions.
#pragma once

#include <graminsta/domain/archive/accountimports.h>
#include <graminsta/model/archives.h>

namespace graminsta::handlers
{

[[nodiscard]] model::AccountExport exportView(const entities::AccountExport &made, const QString &baseUrl);
[[nodiscard]] model::AccountImport importView(const entities::AccountImport &import);
// With the reasons for what was not taken in.
[[nodiscard]] model::AccountImport importView(const domain::ImportReport &report);

} // namespace graminsta::handlers
