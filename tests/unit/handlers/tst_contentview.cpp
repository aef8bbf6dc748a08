// SPDX-License-Identifier: GPL-3.0-or-later
// Plain text as Mastodon's HTML.
#include "views/views.h"

#include <QTest>

using namespace graminsta;
using namespace graminsta::handlers;

namespace
{

const QString kBase = QStringLiteral("https://photos.example");

} // namespace

class tst_ContentView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void escapesWhatIsNotOurs_data();
    void escapesWhatIsNotOurs();
    void makesParagraphsOfEmptyLines_data();
    void makesParagraphsOfEmptyLines();
    void linksTagsMentionsAndAddresses();
    void keepsAFieldOnOneLine();
};

void tst_ContentView::escapesWhatIsNotOurs_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("html");
    const auto row = [](const char *text, const char *html) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(html);
    };
    row("<script>alert(\"1\")</script>", "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>");
    row("a & b", "<p>a &amp; b</p>");
    row("&amp;", "<p>&amp;amp;</p>");
    row("<", "<p>&lt;</p>");
    row("plain", "<p>plain</p>");
    row("\xF0\x9F\x93\xB7 <3", "<p>\xF0\x9F\x93\xB7 &lt;3</p>");
    row("", "");
}

void tst_ContentView::escapesWhatIsNotOurs()
{
    QFETCH(QString, text);
    QTEST(contentHtml(text, {}, kBase), "html");
}

void tst_ContentView::makesParagraphsOfEmptyLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("html");
    const auto row = [](const char *text, const char *html) {
        QTest::newRow(html) << QString::fromUtf8(text) << QString::fromUtf8(html);
    };
    row("a\nb", "<p>a<br />b</p>");
    row("a\n\nb", "<p>a</p><p>b</p>");
    row("a\n\n\nb", "<p>a</p><p><br />b</p>");
    row("a\n<\n\nc", "<p>a<br />&lt;</p><p>c</p>");
}

void tst_ContentView::makesParagraphsOfEmptyLines()
{
    QFETCH(QString, text);
    QTEST(contentHtml(text, {}, kBase), "html");
}

void tst_ContentView::linksTagsMentionsAndAddresses()
{
    const QList<entities::Mention> mentions { { AccountId { 1 }, QStringLiteral("Alice") } };
    QCOMPARE(contentHtml(QStringLiteral("@alice @bob #Été https://a.example/?b=1&c=\"2"), mentions, kBase),
             QStringLiteral(
                 "<p><span class=\"h-card\"><a href=\"https://photos.example/@Alice\" class=\"u-url mention\""
                 " rel=\"tag nofollow noopener noreferrer\" target=\"_blank\">@<span>Alice</span></a></span> @bob "
                 "<a href=\"https://photos.example/tags/%C3%A9t%C3%A9\" class=\"mention hashtag\""
                 " rel=\"tag nofollow noopener noreferrer\" target=\"_blank\">#<span>Été</span></a> "
                 "<a href=\"https://a.example/?b=1&amp;c=\" class=\"\""
                 " rel=\"tag nofollow noopener noreferrer\" target=\"_blank\">https://a.example/?b=1&amp;c=</a>"
                 "&quot;2</p>"));
}

void tst_ContentView::keepsAFieldOnOneLine()
{
    QCOMPARE(lineHtml(QStringLiteral("a < b"), kBase), QStringLiteral("a &lt; b"));
    QVERIFY(lineHtml(QStringLiteral("https://a.example"), kBase).startsWith(QStringLiteral("<a href=")));
}

QTEST_GUILESS_MAIN(tst_ContentView)
#include "tst_contentview.moc"
