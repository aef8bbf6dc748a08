// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/api/linkheader.h>

#include <QTest>

using namespace graminsta;

namespace
{

const QString kBase = QStringLiteral("https://example.org");

QUrl requestUrl()
{
    return QUrl(QStringLiteral("https://example.org/api/v1/timelines/home?limit=20"));
}

} // namespace

class TestLinkHeader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsWithNextAndKeepsTheOtherParameters();
    void replacesThePositionHoweverItIsSpelt();
    void alwaysHasAQuestionMark();
    void holdsNothingThatItsReadersStumbleOver();
    void readsWhatItBuilds();
    void readsWhatServersSend_data();
    void readsWhatServersSend();
    void putsSwappedLinksRight();
    void resolvesRelativeLinks();
    void survivesRubbish();
};

void TestLinkHeader::beginsWithNextAndKeepsTheOtherParameters()
{
    QCOMPARE(api::pageLinks(kBase, "/api/v1/timelines/public?limit=5&local=true", 90, 10),
             QByteArray("<https://example.org/api/v1/timelines/public?limit=5&local=true&max_id=10>; rel=\"next\", "
                        "<https://example.org/api/v1/timelines/public?limit=5&local=true&min_id=90>; rel=\"prev\""));
}

void TestLinkHeader::replacesThePositionHoweverItIsSpelt()
{
    QCOMPARE(api::pageLinks(kBase, "/x?max_id=5&a=1&since%5Fid=7&&min_id", 2, 1),
             QByteArray("<https://example.org/x?a=1&max_id=1>; rel=\"next\", "
                        "<https://example.org/x?a=1&min_id=2>; rel=\"prev\""));
}

void TestLinkHeader::alwaysHasAQuestionMark()
{
    QVERIFY(api::pageLinks(kBase, "/x", 2, 1).startsWith("<https://example.org/x?max_id=1>"));
}

void TestLinkHeader::holdsNothingThatItsReadersStumbleOver()
{
    const QByteArray header = api::pageLinks(kBase, "/tag/a;b,c?any[]=x,y&q=a;b>\"<\\ \t\xc3\xa9&types%5B%5D=m", 2, 1);
    QCOMPARE(header.count(','), 1);
    QCOMPARE(header.count(';'), 2);
    QCOMPARE(header.count('<'), 2);
    QCOMPARE(header.count('>'), 2);
    QCOMPARE(header.count('['), 0);
    QVERIFY(header.contains("any%5B%5D=x%2Cy&q=a%3Bb%3E%22%3C%5C%20%09%C3%A9&types%5B%5D=m&max_id=1"));
}

void TestLinkHeader::readsWhatItBuilds()
{
    const api::PageLinks links =
        api::parseLinkHeader(api::pageLinks(kBase, "/api/v1/timelines/home?limit=2", 9, 1), requestUrl());
    QCOMPARE(links.next, QUrl(QStringLiteral("https://example.org/api/v1/timelines/home?limit=2&max_id=1")));
    QCOMPARE(links.prev, QUrl(QStringLiteral("https://example.org/api/v1/timelines/home?limit=2&min_id=9")));
}

void TestLinkHeader::readsWhatServersSend_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("Mastodon") << QByteArray(
        R"(<https://e.org/a?max_id=1>; rel="next", <https://e.org/a?min_id=2>; rel="prev")");
    QTest::newRow("unquoted, no spaces") << QByteArray(
        "<https://e.org/a?max_id=1>;rel=next,<https://e.org/a?min_id=2>;rel=prev");
    QTest::newRow("other order and case")
        << QByteArray(R"(<https://e.org/a?min_id=2>; REL="PREV" , <https://e.org/a?max_id=1>; Rel = "next")");
    QTest::newRow("more parameters") << QByteArray(
        R"(<https://e.org/a?max_id=1>; title="a, b; c"; rel="next last", <https://e.org/a?min_id=2>; rel="previous"; x=y)");
    QTest::newRow("empty elements") << QByteArray(
        R"(, <https://e.org/a?max_id=1>; rel="next",, <https://e.org/a?min_id=2>; rel="prev",)");
    QTest::newRow("foreign relations") << QByteArray(
        R"(<https://e.org/lrdd>; rel="lrdd", <https://e.org/a?max_id=1>; rel="next", <https://e.org/a?min_id=2>; rel="prev")");
}

void TestLinkHeader::readsWhatServersSend()
{
    QFETCH(QByteArray, header);
    const api::PageLinks links = api::parseLinkHeader(header, requestUrl());
    QCOMPARE(links.next, QUrl(QStringLiteral("https://e.org/a?max_id=1")));
    QCOMPARE(links.prev, QUrl(QStringLiteral("https://e.org/a?min_id=2")));
}

void TestLinkHeader::putsSwappedLinksRight()
{
    const api::PageLinks links = api::parseLinkHeader(
        R"(<https://e.org/a?min_id=9>; rel="next", <https://e.org/a?max_id=1>; rel="prev")", requestUrl());
    QCOMPARE(links.next, QUrl(QStringLiteral("https://e.org/a?max_id=1")));
}

void TestLinkHeader::resolvesRelativeLinks()
{
    const api::PageLinks links = api::parseLinkHeader("</api/v1/timelines/home?max_id=3>; rel=\"next\"", requestUrl());
    QCOMPARE(links.next, QUrl(QStringLiteral("https://example.org/api/v1/timelines/home?max_id=3")));
    QVERIFY(links.prev.isEmpty());
}

void TestLinkHeader::survivesRubbish()
{
    for (const char *header :
         { "", "<", "<>", ">;rel=next", "<a", "<a>; rel=\"", "<a>;;;;", "rel=next", ",,,", "<a>; rel" })
        QVERIFY(api::parseLinkHeader(header, requestUrl()).next.isEmpty());
}

QTEST_GUILESS_MAIN(TestLinkHeader)
#include "tst_linkheader.moc"
