// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/wording.h>

#include <QTest>

using namespace graminsta;

class tst_Wording : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesPlainTextOfHtml_data();
    void makesPlainTextOfHtml();
    void saysCountsBriefly();
    void saysAgesBriefly();
    void hasAMessageForEachFault();
};

void tst_Wording::makesPlainTextOfHtml_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *html, const char *text) {
        QTest::newRow(name) << QString::fromUtf8(html) << QString::fromUtf8(text);
    };
    row("paragraphs", "<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree");
    row("link", R"(<p>See <a href="https://a.example/x?b=1&amp;c" rel="tag">#<span>tag</span></a></p>)", "See #tag");
    row("entities", "&lt;b&gt; &amp; &quot;&#39;&#x1F600;&nosuch;", "<b> & \"'😀&nosuch;");
    row("ampersand alone", "fish & chips", "fish & chips");
    row("unfinished tag", "before <a href=", "before");
    row("plain", "just text", "just text");
}

void tst_Wording::makesPlainTextOfHtml()
{
    QFETCH(QString, html);
    QFETCH(QString, text);
    QCOMPARE(plainText(html), text);
}

void tst_Wording::saysCountsBriefly()
{
    QCOMPARE(briefCount(0), QStringLiteral("0"));
    QCOMPARE(briefCount(999), QStringLiteral("999"));
    QCOMPARE(briefCount(1000), QStringLiteral("1k"));
    QCOMPARE(briefCount(1250), QStringLiteral("1.2k"));
    QCOMPARE(briefCount(45'600), QStringLiteral("45k"));
    QCOMPARE(briefCount(3'400'000), QStringLiteral("3.4M"));
}

void tst_Wording::saysAgesBriefly()
{
    using namespace std::chrono;
    const Timestamp now = SystemClock().now();
    QCOMPARE(briefAge(now - seconds(20), now), QStringLiteral("now"));
    QCOMPARE(briefAge(now - minutes(5), now), QStringLiteral("5 min"));
    QCOMPARE(briefAge(now - hours(23), now), QStringLiteral("23 h"));
    QCOMPARE(briefAge(now - days(3), now), QStringLiteral("3 d"));
    // A clock that is ahead is no reason for nonsense.
    QCOMPARE(briefAge(now + hours(1), now), QStringLiteral("now"));
}

void tst_Wording::hasAMessageForEachFault()
{
    for (int fault = 0; fault <= static_cast<int>(Fault::Internal); ++fault) {
        QVERIFY(!messageOf(makeError(static_cast<Fault>(fault), {})).isEmpty());
    }
    QCOMPARE(messageOf(makeError(Fault::Internal, QStringLiteral("Said."), QStringLiteral("secret"))),
             QStringLiteral("Said."));
}

QTEST_GUILESS_MAIN(tst_Wording)
#include "tst_wording.moc"
