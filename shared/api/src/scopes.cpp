// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/api/scopes.h>

namespace graminsta::api
{

namespace
{

constexpr const char *kScopes[] = {
    "profile",
    "read",
    "read:accounts",
    "read:blocks",
    "read:bookmarks",
    "read:favourites",
    "read:filters",
    "read:follows",
    "read:lists",
    "read:mutes",
    "read:notifications",
    "read:search",
    "read:statuses",
    "write",
    "write:accounts",
    "write:blocks",
    "write:bookmarks",
    "write:conversations",
    "write:favourites",
    "write:filters",
    "write:follows",
    "write:lists",
    "write:media",
    "write:mutes",
    "write:notifications",
    "write:reports",
    "write:statuses",
    "follow",
    "push",
    "admin:read",
    "admin:read:accounts",
    "admin:read:reports",
    "admin:read:domain_blocks",
    "admin:write",
    "admin:write:accounts",
    "admin:write:reports",
    "admin:write:domain_blocks",
};

QStringList words(QStringView text)
{
    QString spaced = text.toString();
    spaced.replace(QLatin1Char('+'), QLatin1Char(' '));
    QStringList names = spaced.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    names.removeDuplicates();
    return names;
}

// What "follow" meant before Mastodon 2.4.3.
bool isFollowPart(const QString &scope)
{
    static const QStringList parts { QStringLiteral("read:blocks"),  QStringLiteral("write:blocks"),
                                     QStringLiteral("read:follows"), QStringLiteral("write:follows"),
                                     QStringLiteral("read:mutes"),   QStringLiteral("write:mutes") };
    return parts.contains(scope);
}

} // namespace

const QStringList &knownScopes()
{
    static const QStringList names = [] {
        QStringList list;
        for (const char *scope : kScopes)
            list.append(QLatin1String(scope));
        return list;
    }();
    return names;
}

Result<Scopes> Scopes::parse(QStringView text)
{
    Scopes scopes;
    for (const QString &name : words(text)) {
        if (!knownScopes().contains(name))
            return makeCodedError(
                Fault::Invalid, QStringLiteral("invalid_scope"),
                QStringLiteral("The requested scope is invalid, unknown, or malformed: %1").arg(name));
        scopes.m_names.append(name);
    }
    return scopes;
}

Scopes Scopes::fromStored(QStringView text)
{
    Scopes scopes;
    for (const QString &name : words(text)) {
        if (knownScopes().contains(name))
            scopes.m_names.append(name);
    }
    return scopes;
}

bool Scopes::grant(QLatin1String scope) const
{
    QString name = scope;
    if (isFollowPart(name) && m_names.contains(QLatin1String("follow")))
        return true;
    for (;;) {
        if (m_names.contains(name))
            return true;
        const qsizetype colon = name.lastIndexOf(QLatin1Char(':'));
        if (colon < 0)
            return false;
        name.truncate(colon);
    }
}

bool Scopes::grantAll(const Scopes &others) const
{
    for (const QString &name : others.m_names) {
        if (!grant(QLatin1String(name.toLatin1())))
            return false;
    }
    return true;
}

} // namespace graminsta::api
