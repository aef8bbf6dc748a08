// SPDX-License-Identifier: GPL-3.0-or-later
#include "format.h"

#include "formatfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace graminsta::archive
{

using entities::ArchivedItem;
using entities::ArchiveManifest;
using entities::ArchivePart;

namespace
{

struct PartName {
    ArchivePart part;
    const char *file;
    const char *count; // in the manifest
};

constexpr PartName kParts[] = {
    { ArchivePart::Profile, "account.json", "account" },
    { ArchivePart::Filters, "filters.jsonl", "filters" },
    { ArchivePart::Blocks, "blocks.jsonl", "blocks" },
    { ArchivePart::Mutes, "mutes.jsonl", "mutes" },
    { ArchivePart::Notes, "notes.jsonl", "notes" },
    { ArchivePart::FollowedTags, "followed_tags.jsonl", "followed_tags" },
    { ArchivePart::Statuses, "statuses.jsonl", "statuses" },
    { ArchivePart::Bookmarks, "bookmarks.jsonl", "bookmarks" },
    { ArchivePart::Favourites, "favourites.jsonl", "favourites" },
    { ArchivePart::Following, "following.jsonl", "following" },
    { ArchivePart::ScheduledStatuses, "scheduled_statuses.jsonl", "scheduled_statuses" },
    { ArchivePart::Followers, "followers.jsonl", "followers" },
    { ArchivePart::Reblogs, "reblogs.jsonl", "reblogs" },
};
static_assert(std::size(kParts) == entities::kArchiveParts);

const QString kFormat = QStringLiteral("graminsta-archive");

Error wrong(const QString &what)
{
    return makeError(Fault::Unprocessable, what);
}

Result<QJsonObject> parse(const QByteArray &json)
{
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return wrong(QStringLiteral("This is not JSON: %1 at byte %2").arg(error.errorString()).arg(error.offset));
    if (!document.isObject())
        return wrong(QStringLiteral("This is no JSON object"));
    return document.object();
}

} // namespace

QString fileName(ArchivePart part)
{
    const auto *found =
        std::find_if(std::begin(kParts), std::end(kParts), [part](const PartName &name) { return name.part == part; });
    return QLatin1String(found->file);
}

bool isHarmlessName(const QByteArray &name)
{
    if (name.isEmpty() || name.size() > 255 || name.startsWith('/') || name.contains('\\') || name.contains(':'))
        return false;
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(name.begin(), name.end(), isControl))
        return false;
    const QList<QByteArray> folders = name.split('/');
    return std::none_of(folders.begin(), folders.end(),
                        [](const QByteArray &folder) { return folder == ".." || folder == "."; });
}

QByteArray encode(ArchivePart part, const ArchivedItem &item, const QString &server)
{
    return QJsonDocument(encodeFields(part, item, server)).toJson(QJsonDocument::Compact);
}

Result<ArchivedItem> decode(ArchivePart part, const QByteArray &line)
{
    return decodeFields(part, GI_TRY(parse(line)));
}

QByteArray encodeManifest(const ArchiveManifest &manifest, const QByteArray &sumsSha256)
{
    QJsonObject counts;
    for (const PartName &part : kParts)
        counts.insert(QLatin1String(part.count), manifest.items[size_t(part.part)]);
    counts.insert(QLatin1String("media"), manifest.media);
    counts.insert(QLatin1String("media_bytes"), manifest.mediaBytes);
    const QJsonObject object {
        { QStringLiteral("format"), kFormat },
        { QStringLiteral("version"), kFormatVersion },
        { QStringLiteral("created_at"), toRfc3339(manifest.createdAt) },
        { QStringLiteral("software"), QStringLiteral("Graminsta " GRAMINSTA_VERSION) },
        { QStringLiteral("server"), manifest.server },
        { QStringLiteral("account"),
          QJsonObject { { QStringLiteral("id"), manifest.account.id.toString() },
                        { QStringLiteral("username"), manifest.account.username } } },
        { QStringLiteral("counts"), counts },
        { QStringLiteral("missing"), QJsonArray::fromStringList(manifest.missing) },
        { QStringLiteral("files"),
          QJsonObject { { QStringLiteral("path"), kSumsName },
                        { QStringLiteral("sha256"), QLatin1String(sumsSha256) } } },
    };
    return QJsonDocument(object).toJson();
}

Result<ReadManifest> decodeManifest(const QByteArray &json)
{
    const QJsonObject object = GI_TRY(parse(json));
    if (object.value(QLatin1String("format")).toString() != kFormat)
        return wrong(QStringLiteral("\"format\" must be \"%1\": this is another kind of archive").arg(kFormat));
    const int version = object.value(QLatin1String("version")).toInt();
    if (version != kFormatVersion)
        return wrong(QStringLiteral("\"version\" is %1, and this server reads %2").arg(version).arg(kFormatVersion));
    ReadManifest read;
    read.manifest.server = object.value(QLatin1String("server")).toString();
    const QJsonObject account = object.value(QLatin1String("account")).toObject();
    const std::optional<AccountId> id = AccountId::fromString(account.value(QLatin1String("id")).toString());
    const std::optional<Timestamp> createdAt = fromRfc3339(object.value(QLatin1String("created_at")).toString());
    if (!id || !createdAt)
        return wrong(QStringLiteral("\"account\" must have an \"id\", and \"created_at\" must be a time"));
    read.manifest.account = { *id, account.value(QLatin1String("username")).toString() };
    read.manifest.createdAt = *createdAt;
    const QJsonObject counts = object.value(QLatin1String("counts")).toObject();
    for (const PartName &part : kParts)
        read.manifest.items[size_t(part.part)] = counts.value(QLatin1String(part.count)).toInteger();
    read.manifest.media = counts.value(QLatin1String("media")).toInteger();
    read.manifest.mediaBytes = counts.value(QLatin1String("media_bytes")).toInteger();
    read.sumsSha256 =
        object.value(QLatin1String("files")).toObject().value(QLatin1String("sha256")).toString().toLatin1();
    return read;
}

} // namespace graminsta::archive
