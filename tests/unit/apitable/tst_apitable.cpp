// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/api/endpoint.h>
#include <graminsta/api/scopes.h>

#include <QSet>
#include <QTest>

using namespace graminsta;
using api::Endpoint;
using api::Scopes;

class tst_Api : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aParentScopeGrantsItsParts()
    {
        const Scopes scopes = *Scopes::parse(u"read write:media");
        QVERIFY(scopes.grant(QLatin1String("read:statuses")));
        QVERIFY(scopes.grant(QLatin1String("write:media")));
        QVERIFY(!scopes.grant(QLatin1String("write:statuses")));
        QVERIFY(!scopes.grant(QLatin1String("write")));
    }

    void followGrantsWhatItOnceStoodFor()
    {
        const Scopes scopes = *Scopes::parse(u"follow");
        QVERIFY(scopes.grant(QLatin1String("write:follows")));
        QVERIFY(scopes.grant(QLatin1String("read:mutes")));
        QVERIFY(!scopes.grant(QLatin1String("write:statuses")));
    }

    void scopesAreSeparatedBySpaceOrPlus()
    {
        QCOMPARE(Scopes::parse(u"read+write  follow")->names(),
                 QStringList({ QStringLiteral("read"), QStringLiteral("write"), QStringLiteral("follow") }));
    }

    void anUnknownScopeIsNamed()
    {
        const Result<Scopes> scopes = Scopes::parse(u"read everything");
        QVERIFY(!scopes);
        QCOMPARE(scopes.error().code, QStringLiteral("invalid_scope"));
        QVERIFY(scopes.error().safe.contains(QLatin1String("everything")));
    }

    void moreScopesThanAnotherSetAreNotGranted()
    {
        QVERIFY(Scopes::parse(u"read write")->grantAll(*Scopes::parse(u"read:accounts write:media")));
        QVERIFY(!Scopes::parse(u"read")->grantAll(*Scopes::parse(u"read write:media")));
        QVERIFY(!Scopes::parse(u"read:accounts")->grantAll(*Scopes::parse(u"read")));
    }

    void everyEndpointHasItsOwnNameAndPlace()
    {
        QSet<QByteArray> names;
        QSet<QByteArray> places;
        for (const Endpoint &endpoint : api::endpoints()) {
            names.insert(endpoint.name);
            places.insert(QByteArray(api::verbName(endpoint.verb).data()) + ' ' + endpoint.path);
        }
        QCOMPARE(names.size(), qsizetype(api::endpoints().size()));
        QCOMPARE(places.size(), qsizetype(api::endpoints().size()));
    }

    void everyScopeInTheTableIsOneThatClientsCanAskFor()
    {
        for (const Endpoint &endpoint : api::endpoints()) {
            if (endpoint.scope)
                QVERIFY2(api::knownScopes().contains(QLatin1String(endpoint.scope)), endpoint.name);
        }
    }

    void whatChangesSomethingNeedsAnAccountAndAScope()
    {
        for (const Endpoint &endpoint : api::endpoints()) {
            const bool changes = endpoint.verb != api::Verb::Get && QByteArray(endpoint.path).startsWith("/api/v");
            if (!changes || QByteArray(endpoint.name) == "apps.create")
                continue;
            QVERIFY2(endpoint.access == api::Access::User || QByteArray(endpoint.name) == "accounts.create",
                     endpoint.name);
            QVERIFY2(endpoint.scope != nullptr, endpoint.name);
        }
    }
};

QTEST_GUILESS_MAIN(tst_Api)
#include "tst_apitable.moc"
