// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuses.h"

namespace graminsta::apptest
{

namespace
{

constexpr int kNewest = 10'000'000;
constexpr int kAuthors = 50;

} // namespace

model::Status status(int number)
{
    model::Status status;
    status.id = QString::number(kNewest - number);
    status.createdAt = Timestamp(std::chrono::minutes(kNewest - number));
    status.account.id = QString::number(number % kAuthors);
    status.account.username = QStringLiteral("person%1").arg(number % kAuthors);
    status.account.acct = status.account.username;
    status.account.url = QStringLiteral("https://example.org/@") + status.account.username;
    status.content = QStringLiteral("<p>%1</p>").arg(QStringLiteral("A caption &amp; more. ").repeated(number % 17));
    status.url = QStringLiteral("https://example.org/s/") + status.id;
    status.uri = status.url;
    status.visibility = QStringLiteral("public");
    status.favouritesCount = number % 100;
    status.favourited = false;
    model::MediaAttachment photo;
    photo.id = status.id;
    photo.type = QStringLiteral("image");
    photo.url = QStringLiteral("https://example.org/media/%1.jpg").arg(number);
    photo.previewUrl = photo.url;
    photo.description = QStringLiteral("Photo %1").arg(number);
    photo.blurhash = QStringLiteral("LEHV6nWB2yk8pyo0adR*.7kCMdnj");
    photo.original = model::MediaSize { 1080, 600 + number % 11 * 80 };
    status.mediaAttachments = { photo };
    return status;
}

QList<model::Status> statuses(int first, int count)
{
    QList<model::Status> list;
    list.reserve(count);
    for (int i = first; i < first + count; ++i) {
        list.append(status(i));
    }
    return list;
}

} // namespace graminsta::apptest
