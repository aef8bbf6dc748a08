// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/uploadrecord.h>

#include <QDateTime>
#include <QFileInfo>

namespace graminsta::client
{

UploadRecord recordOf(const QString &owner, const QString &file)
{
    const QFileInfo info(file);
    UploadRecord record;
    record.owner = owner;
    record.fileSize = info.size();
    record.fileTime = fromUnixMs(info.lastModified().toMSecsSinceEpoch());
    return record;
}

bool isOfFile(const UploadRecord &record, const QString &file)
{
    const UploadRecord now = recordOf(record.owner, file);
    return now.fileSize == record.fileSize && now.fileTime == record.fileTime;
}

} // namespace graminsta::client
