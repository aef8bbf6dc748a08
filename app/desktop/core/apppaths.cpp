// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/apppaths.h>

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace graminsta
{

Result<AppPaths> openAppPaths(const QString &data)
{
    const QString folder = data.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                                          : QDir(data).absolutePath();
    if (!QDir().mkpath(folder)) {
        return makeError(Fault::Unavailable, QStringLiteral("The folder %1 cannot be made.").arg(folder));
    }
    // Drafts, logs and the server's data are nobody else's business.
    if (!QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner)) {
        return makeError(Fault::Unavailable, QStringLiteral("The folder %1 belongs to somebody else.").arg(folder));
    }
    return AppPaths { folder };
}

} // namespace graminsta
