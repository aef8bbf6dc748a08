// SPDX-License-Identifier: GPL-3.0-or-later
// Where the app keeps what: one folder, the user's by default. Values.
#pragma once

#include <graminsta/core/result.h>

#include <QString>

namespace graminsta
{

struct AppPaths {
    QString data; // everything below belongs to this app

    [[nodiscard]] QString settings() const { return data + QStringLiteral("/app.ini"); }
    [[nodiscard]] QString accounts() const { return data + QStringLiteral("/accounts.json"); }
    [[nodiscard]] QString secrets() const { return data + QStringLiteral("/secrets"); }
    [[nodiscard]] QString draft() const { return data + QStringLiteral("/draft"); }
    [[nodiscard]] QString mediaCache() const { return data + QStringLiteral("/cache/media"); }
    [[nodiscard]] QString serverData() const { return data + QStringLiteral("/server"); }
    [[nodiscard]] QString serverProfile() const { return data + QStringLiteral("/server.toml"); }
    [[nodiscard]] QString serverLog() const { return data + QStringLiteral("/server.log"); }
};

// Makes the folder, for its owner only. `data` empty: the user's folder for application data.
[[nodiscard]] Result<AppPaths> openAppPaths(const QString &data);

} // namespace graminsta
