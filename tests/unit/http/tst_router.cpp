// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/router.h"

#include <QTest>

using namespace graminsta;
using namespace graminsta::http;

namespace
{

constexpr api::Endpoint kEndpoints[] = {
    { "show", api::Verb::Get, "/a/:id", api::Access::Public, nullptr },
    { "remove", api::Verb::Delete, "/a/:id", api::Access::Public, nullptr },
    { "search", api::Verb::Get, "/a/search", api::Access::Public, nullptr },
    { "things", api::Verb::Get, "/a/:id/things", api::Access::Public, nullptr },
    { "thing", api::Verb::Post, "/a/:id/things/:name", api::Access::Public, nullptr },
};

} // namespace

class tst_Router : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEndpoints_data();
    void findsEndpoints();
    void saysWhatAPathAllows();
    void findsEveryEndpointOfTheApi();
};

void tst_Router::findsEndpoints_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("found"); // "404", "405", "400" where there is none
    QTest::addColumn<QStringList>("parameters");
    const QByteArray get = "GET";
    QTest::newRow("parameter") << get << QByteArray("/a/7") << QStringLiteral("show")
                               << QStringList { QStringLiteral("7") };
    QTest::newRow("fixed wins") << get << QByteArray("/a/search") << QStringLiteral("search") << QStringList();
    QTest::newRow("dead end of a fixed one") << get << QByteArray("/a/search/things") << QStringLiteral("things")
                                             << QStringList { QStringLiteral("search") };
    QTest::newRow("two parameters") << QByteArray("POST") << QByteArray("/a/1/things/b%2Fc") << QStringLiteral("thing")
                                    << QStringList { QStringLiteral("1"), QStringLiteral("b/c") };
    QTest::newRow("slash at the end") << get << QByteArray("/a/7/") << QStringLiteral("show")
                                      << QStringList { QStringLiteral("7") };
    QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray("/a/7") << QStringLiteral("show")
                          << QStringList { QStringLiteral("7") };
    QTest::newRow("empty segment") << get << QByteArray("/a//things") << QStringLiteral("404") << QStringList();
    QTest::newRow("two slashes at the end") << get << QByteArray("/a/7//") << QStringLiteral("404") << QStringList();
    QTest::newRow("too long") << get << QByteArray("/a/7/things/x/y") << QStringLiteral("404") << QStringList();
    QTest::newRow("too short") << get << QByteArray("/a") << QStringLiteral("404") << QStringList();
    QTest::newRow("case") << get << QByteArray("/A/7") << QStringLiteral("404") << QStringList();
    QTest::newRow("other verb") << QByteArray("PUT") << QByteArray("/a/7") << QStringLiteral("405") << QStringList();
    QTest::newRow("lower case verb") << QByteArray("get") << QByteArray("/a/7") << QStringLiteral("405")
                                     << QStringList();
    QTest::newRow("NUL") << get << QByteArray("/a/%00") << QStringLiteral("400") << QStringList();
    QTest::newRow("bad escape") << get << QByteArray("/a/%4") << QStringLiteral("400") << QStringList();
    QTest::newRow("bad UTF-8") << get << QByteArray("/a/%c3%28") << QStringLiteral("400") << QStringList();
}

void tst_Router::findsEndpoints()
{
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, path);
    QFETCH(QString, found);
    QFETCH(QStringList, parameters);
    const Router router(kEndpoints);
    const Route route = router.find(verb, path);
    const QString outcome = route.outcome == RouteOutcome::Found ? QString(QLatin1String(route.endpoint->name))
        : route.outcome == RouteOutcome::NoSuchPath              ? QStringLiteral("404")
        : route.outcome == RouteOutcome::NoSuchVerb              ? QStringLiteral("405")
                                                                 : QStringLiteral("400");
    QCOMPARE(outcome, found);
    if (route.outcome == RouteOutcome::Found)
        QCOMPARE(route.parameters, parameters);
}

void tst_Router::saysWhatAPathAllows()
{
    const Router router(kEndpoints);
    QCOMPARE(router.find("PATCH", "/a/1").allow, "GET, HEAD, DELETE, OPTIONS");
    QCOMPARE(router.find("OPTIONS", "/a/1/things/2").allow, "POST, OPTIONS");
    QVERIFY(router.find("GET", "/none").allow.isEmpty());
}

void tst_Router::findsEveryEndpointOfTheApi()
{
    const Router router(api::endpoints());
    for (const api::Endpoint &endpoint : api::endpoints()) {
        const QLatin1String verb = api::verbName(endpoint.verb);
        const Route route = router.find(QByteArrayView(verb.data(), verb.size()), endpoint.path);
        QVERIFY2(route.outcome == RouteOutcome::Found && route.endpoint == &endpoint, endpoint.name);
    }
}

QTEST_GUILESS_MAIN(tst_Router)
#include "tst_router.moc"
