// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/compose/draft.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace graminsta
{

namespace
{

QString fileOf(const QString &folder)
{
    return folder + QStringLiteral("/draft.json");
}

client::UploadRecord recordFrom(const QJsonObject &json)
{
    client::UploadRecord record;
    record.owner = json[QLatin1String("owner")].toString();
    record.fileSize = json[QLatin1String("file_size")].toInteger();
    record.fileTime = fromUnixMs(json[QLatin1String("file_time")].toInteger());
    record.upload = json[QLatin1String("upload")].toString();
    record.mediaId = json[QLatin1String("media_id")].toString();
    return record;
}

QJsonObject jsonOf(const client::UploadRecord &record)
{
    return { { QStringLiteral("owner"), record.owner },
             { QStringLiteral("file_size"), record.fileSize },
             { QStringLiteral("file_time"), toUnixMs(record.fileTime) },
             { QStringLiteral("upload"), record.upload },
             { QStringLiteral("media_id"), record.mediaId } };
}

QJsonObject jsonOf(const DraftPhoto &photo)
{
    QJsonObject json { { QStringLiteral("path"), photo.path }, { QStringLiteral("description"), photo.description } };
    if (!photo.upload.isEmpty()) {
        json.insert(QStringLiteral("uploaded"), jsonOf(photo.upload));
    }
    return json;
}

void removeDraft(const QString &folder)
{
    QDir dir(folder);
    for (const QString &name : dir.entryList({ QStringLiteral("Pasted *.png"), QStringLiteral("draft.json") })) {
        dir.remove(name);
    }
}

} // namespace

Draft readDraft(const QString &folder)
{
    QFile file(fileOf(folder));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    Draft draft;
    draft.caption = json[QLatin1String("caption")].toString();
    draft.visibility = json[QLatin1String("visibility")].toString(draft.visibility);
    draft.license = json[QLatin1String("license")].toInt(draft.license);
    draft.idempotencyKey = json[QLatin1String("idempotency_key")].toString().toLatin1();
    const QJsonArray photos = json[QLatin1String("photos")].toArray();
    for (const auto &value : photos) {
        const QString path = value[QLatin1String("path")].toString();
        if (QFileInfo::exists(path)) {
            draft.photos.append({ path, value[QLatin1String("description")].toString(),
                                  recordFrom(value[QLatin1String("uploaded")].toObject()) });
        }
    }
    return draft;
}

Result<> writeDraft(const QString &folder, const Draft &draft)
{
    if (draft.isEmpty()) {
        removeDraft(folder);
        return {};
    }
    QJsonArray photos;
    for (const DraftPhoto &photo : draft.photos) {
        photos.append(jsonOf(photo));
    }
    const QJsonObject json { { QStringLiteral("caption"), draft.caption },
                             { QStringLiteral("visibility"), draft.visibility },
                             { QStringLiteral("license"), draft.license },
                             { QStringLiteral("idempotency_key"), QString::fromLatin1(draft.idempotencyKey) },
                             { QStringLiteral("photos"), photos } };
    QDir().mkpath(folder);
    QSaveFile file(fileOf(folder));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0 || !file.commit()) {
        return makeError(Fault::Unavailable, QStringLiteral("The draft cannot be saved: %1").arg(file.errorString()));
    }
    return {};
}

} // namespace graminsta
