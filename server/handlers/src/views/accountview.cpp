// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

#include <graminsta/core/idgenerator.h>

#include <QUrl>

namespace graminsta::handlers
{

namespace
{

QString pictureUrl(const QString &key, const char *missing, const QString &baseUrl)
{
    return key.isEmpty() ? baseUrl + QLatin1String("/assets/") + QLatin1String(missing)
                         : baseUrl + QLatin1String("/media/") + key;
}

} // namespace

QDate dayOf(Timestamp time)
{
    const std::chrono::year_month_day day { std::chrono::floor<std::chrono::days>(time) };
    return QDate(int(day.year()), int(unsigned(day.month())), int(unsigned(day.day())));
}

model::Role roleView(entities::Role role)
{
    switch (role) {
    case entities::Role::User:
        return { QStringLiteral("-99"), QString(), QStringLiteral("0") };
    case entities::Role::Moderator:
        return { QStringLiteral("1"), QStringLiteral("Moderator"), QStringLiteral("1308") };
    case entities::Role::Admin:
        return { QStringLiteral("2"), QStringLiteral("Admin"), QStringLiteral("983036") };
    case entities::Role::Owner:
        return { QStringLiteral("3"), QStringLiteral("Owner"), QStringLiteral("1") };
    }
    return {};
}

QString hostOf(const QString &baseUrl)
{
    return QUrl(baseUrl).authority(QUrl::FullyEncoded);
}

model::Account accountView(const entities::Account &account, const QString &baseUrl)
{
    model::Account view;
    view.id = account.id.toString();
    view.username = account.username;
    view.acct = account.username;
    view.displayName = account.displayName;
    view.note = contentHtml(account.note, {}, baseUrl);
    view.url = baseUrl + QStringLiteral("/@") + account.username;
    view.uri = baseUrl + QStringLiteral("/users/") + account.username;
    view.avatar = pictureUrl(account.avatarKey, "avatar.png", baseUrl);
    view.avatarStatic = view.avatar;
    view.header = pictureUrl(account.headerKey, "header.png", baseUrl);
    view.headerStatic = view.header;
    view.locked = account.locked;
    view.bot = account.bot;
    view.discoverable = account.discoverable;
    view.suspended = account.restrictions.testFlag(entities::Restriction::Suspended);
    view.limited = account.isSilenced();
    view.createdAt = account.createdAt;
    if (!account.lastStatusId.isNull())
        view.lastStatusAt = dayOf(idTime(account.lastStatusId.number()));
    view.statusesCount = account.statusesCount;
    view.followersCount = account.followersCount;
    view.followingCount = account.followingCount;
    view.noteText = account.note;
    for (const entities::ProfileField &field : account.fields) {
        view.fields.append({ field.name, lineHtml(field.value, baseUrl), std::nullopt });
        if (view.website.isEmpty() && field.name.compare(QLatin1String("website"), Qt::CaseInsensitive) == 0)
            view.website = field.value;
    }
    return view;
}

model::Account ownAccountView(const domain::OwnAccount &own, const QString &baseUrl)
{
    model::Account view = accountView(own.account, baseUrl);
    model::AccountSource source;
    source.note = own.account.note;
    for (const entities::ProfileField &field : own.account.fields)
        source.fields.append({ field.name, field.value, std::nullopt });
    source.privacy = visibilityName(own.user.defaultVisibility);
    source.sensitive = own.user.defaultSensitive;
    source.language = own.user.defaultLanguage;
    source.followRequestsCount = own.followRequests;
    view.source = source;
    view.role = roleView(own.user.role);
    return view;
}

QList<model::Account> accountViews(const QList<entities::Account> &accounts, const QString &baseUrl)
{
    QList<model::Account> views;
    views.reserve(accounts.size());
    for (const entities::Account &account : accounts)
        views.append(accountView(account, baseUrl));
    return views;
}

} // namespace graminsta::handlers
