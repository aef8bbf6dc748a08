// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

namespace graminsta::handlers
{

using entities::MediaVariant;
using entities::VariantSize;
using entities::Visibility;

namespace
{

// The JPEG of a size, as the WebP beside it goes by the same URL; without one the size is there in one type only.
const MediaVariant *shownAs(const entities::MediaAttachment &media, VariantSize size)
{
    const MediaVariant *shown = nullptr;
    for (const MediaVariant &variant : media.variants) {
        if (variant.size == size && (!shown || variant.mimeType == QLatin1String("image/jpeg")))
            shown = &variant;
    }
    return shown;
}

QString typeName(entities::MediaKind kind)
{
    switch (kind) {
    case entities::MediaKind::Video:
        return QStringLiteral("video");
    case entities::MediaKind::Gifv:
        return QStringLiteral("gifv");
    case entities::MediaKind::Image:
        break;
    }
    return QStringLiteral("image");
}

std::optional<model::VideoMeta> videoOf(const entities::MediaAttachment &media, const MediaVariant *full)
{
    if (media.kind == entities::MediaKind::Image || full == nullptr || media.duration.count() <= 0)
        return std::nullopt;
    model::VideoMeta meta;
    meta.duration = media.duration;
    meta.frameRateNumerator = media.frameRate.numerator;
    meta.frameRateDenominator = media.frameRate.denominator;
    meta.bitRate = full->bytes * 8 * 1000 / media.duration.count();
    return meta;
}

QString mediaUrl(const MediaVariant *variant, const QString &baseUrl)
{
    if (!variant)
        return {};
    const QString url = baseUrl + QLatin1String("/media/") + variant->key;
    return variant->grant.isEmpty() ? url : url + QLatin1Char('?') + variant->grant;
}

std::optional<model::MediaSize> sizeOf(const MediaVariant *variant)
{
    return variant ? std::optional<model::MediaSize>({ variant->width, variant->height }) : std::nullopt;
}

} // namespace

QString visibilityName(Visibility visibility)
{
    switch (visibility) {
    case Visibility::Public:
        return QStringLiteral("public");
    case Visibility::Unlisted:
        return QStringLiteral("unlisted");
    case Visibility::Private:
        return QStringLiteral("private");
    case Visibility::Direct:
        return QStringLiteral("direct");
    }
    return QStringLiteral("public");
}

std::optional<Visibility> visibilityFromName(const QString &name)
{
    for (const Visibility visibility :
         { Visibility::Public, Visibility::Unlisted, Visibility::Private, Visibility::Direct }) {
        if (name == visibilityName(visibility))
            return visibility;
    }
    return std::nullopt;
}

model::MediaAttachment mediaView(const entities::MediaAttachment &media, const QString &baseUrl)
{
    model::MediaAttachment view;
    view.id = media.id.toString();
    view.type = typeName(media.kind);
    // The feed's size is the preview: at 320 pixels a timeline would be a blur.
    const MediaVariant *full = shownAs(media, VariantSize::Full);
    const MediaVariant *feed = shownAs(media, VariantSize::Feed);
    view.url = mediaUrl(full, baseUrl);
    view.previewUrl = mediaUrl(feed, baseUrl);
    if (!media.description.isEmpty())
        view.description = media.description;
    view.blurhash = media.blurhash;
    view.original = sizeOf(full);
    view.small = sizeOf(feed);
    view.video = videoOf(media, full);
    view.focusX = media.focus.x;
    view.focusY = media.focus.y;
    view.mimeType = full ? full->mimeType : QString();
    if (media.license != entities::License::AllRightsReserved)
        view.license = licenseView(media.license);
    return view;
}

namespace
{

using AccountViews = QHash<AccountId, model::Account>;

// Who made it, and where and when.
void setOrigin(model::Status &view, const entities::Status &status, const AccountViews &accounts)
{
    view.id = status.id.toString();
    view.account = accounts.value(status.accountId);
    view.uri = view.account.uri + QStringLiteral("/statuses/") + view.id;
    view.url = view.account.url + QLatin1Char('/') + view.id;
    view.createdAt = status.createdAt;
    view.visibility = visibilityName(status.visibility);
}

model::Status plainView(const entities::Status &status, const domain::StatusSet &set, const AccountViews &accounts,
                        const QString &baseUrl)
{
    model::Status view;
    setOrigin(view, status, accounts);
    const bool sensitized =
        set.accounts.value(status.accountId).restrictions.testFlag(entities::Restriction::Sensitized);
    view.editedAt = status.editedAt;
    view.content = contentHtml(status.text, status.mentions, baseUrl);
    view.contentText = status.text;
    view.sensitive = status.sensitive || (sensitized && status.mediaCount > 0);
    view.spoilerText = status.spoilerText;
    view.language = status.language;
    if (!status.inReplyToId.isNull()) {
        view.inReplyToId = status.inReplyToId.toString();
        view.inReplyToAccountId = status.inReplyToAccountId.toString();
    }
    if (const auto application = set.applications.constFind(status.applicationId);
        application != set.applications.cend())
        view.application = model::ApplicationInfo { application->name, application->website };
    for (const entities::MediaAttachment &media : set.media.value(status.id))
        view.mediaAttachments.append(mediaView(media, baseUrl));
    for (const entities::Mention &mention : status.mentions) {
        const model::Account account = accounts.value(mention.accountId);
        if (!account.id.isEmpty())
            view.mentions.append({ account.id, account.username, account.acct, account.url });
    }
    for (const QString &tag : status.tags)
        view.tags.append({ tag, baseUrl + QStringLiteral("/tags/") + tag, std::nullopt });
    view.commentsDisabled = status.commentsDisabled;
    view.repliesCount = status.repliesCount;
    view.reblogsCount = status.reblogsCount;
    view.favouritesCount = status.favouritesCount;
    if (const auto filtered = set.filtered.constFind(status.id); filtered != set.filtered.cend())
        view.filtered = filterResultViews(*filtered);
    if (const auto flags = set.flags.constFind(status.id); flags != set.flags.cend()) {
        view.favourited = flags->favourited;
        view.bookmarked = flags->bookmarked;
        view.reblogged = flags->reblogged;
        view.muted = flags->muted;
        if (status.accountId == set.viewer)
            view.pinned = flags->pinned;
    }
    return view;
}

// With all that the reblogged one shows, for clients that know no reblogs.
model::Status reblogView(const entities::Status &status, const domain::StatusSet &set, const AccountViews &accounts,
                         const QString &baseUrl)
{
    const auto original = std::make_shared<const model::Status>(
        plainView(set.originals.value(status.reblogOfId), set, accounts, baseUrl));
    model::Status view = *original;
    setOrigin(view, status, accounts);
    view.pinned.reset();
    view.reblog = original;
    return view;
}

} // namespace

QList<model::Status> statusViews(const domain::StatusSet &set, const QString &baseUrl)
{
    QHash<AccountId, model::Account> accounts;
    accounts.reserve(set.accounts.size());
    for (const entities::Account &account : set.accounts)
        accounts.insert(account.id, accountView(account, baseUrl));

    QList<model::Status> views;
    views.reserve(set.statuses.size());
    for (const entities::Status &status : set.statuses) {
        if (status.isReblog())
            views.append(reblogView(status, set, accounts, baseUrl));
        else
            views.append(plainView(status, set, accounts, baseUrl));
    }
    return views;
}

model::Status statusView(const domain::StatusSet &set, const QString &baseUrl)
{
    const QList<model::Status> views = statusViews(set, baseUrl);
    return views.isEmpty() ? model::Status {} : views.first();
}

QList<model::StatusEdit> statusEditViews(const domain::StatusVersions &history, const QString &baseUrl)
{
    QList<model::StatusEdit> views;
    if (history.set.statuses.isEmpty())
        return views;
    const entities::Status &status = history.set.statuses.first();
    QHash<MediaId, model::MediaAttachment> media;
    for (const entities::MediaAttachment &one : history.set.media.value(status.id))
        media.insert(one.id, mediaView(one, baseUrl));
    const model::Account author = accountView(history.set.accounts.value(status.accountId), baseUrl);
    for (const entities::StatusEdit &version : history.versions) {
        model::StatusEdit view;
        view.content = contentHtml(version.text, status.mentions, baseUrl);
        view.spoilerText = version.spoilerText;
        view.sensitive = version.sensitive;
        view.createdAt = version.createdAt;
        view.account = author;
        for (const entities::StatusEdit::Media &then : version.media) {
            const auto found = media.constFind(then.id);
            if (found == media.cend())
                continue;
            model::MediaAttachment one = *found;
            one.description = then.description.isEmpty() ? std::nullopt : std::optional<QString>(then.description);
            view.mediaAttachments.append(std::move(one));
        }
        views.append(std::move(view));
    }
    return views;
}

} // namespace graminsta::handlers
