// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/text/statustext.h>

#include <QTest>

using namespace graminsta::domain;

class tst_StatusText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsHashtagsInAnyScript()
    {
        QCOMPARE(hashtagsOf(QStringLiteral("A day at the #Sea, with #crème_brûlée and #写真! #sea")),
                 QStringList({ QStringLiteral("sea"), QStringLiteral("crème_brûlée"), QStringLiteral("写真") }));
    }

    void aNumberOrAPlaceInAUrlIsNoHashtag()
    {
        QVERIFY(hashtagsOf(QStringLiteral("#1 of #2026, see https://example.org/#top and a#b &#39;")).isEmpty());
    }

    void findsMentionsOfThisServerOnly()
    {
        QCOMPARE(mentionsOf(QStringLiteral("(@Alice) and @bob_2, not me@example.org, not @carol@other.example")),
                 QStringList({ QStringLiteral("alice"), QStringLiteral("bob_2") }));
    }

    void thePiecesAreTheText()
    {
        const QString text = QStringLiteral("Hi @alice: https://example.org/a?b=1, #sea.\nBye");
        QString together;
        for (const TextSpan &span : splitText(text))
            together += span.text;
        QCOMPARE(together, text);
    }

    void aUrlEndsBeforeThePunctuationOfItsSentence()
    {
        const QList<TextSpan> spans = splitText(QStringLiteral("(see https://example.org/photos)."));
        QCOMPARE(spans.size(), 3);
        QCOMPARE(spans[1].kind, SpanKind::Url);
        QCOMPARE(spans[1].text, QStringLiteral("https://example.org/photos"));
    }

    void countsCodePointsAndUrlsAsTwentyThree()
    {
        QCOMPARE(countedLength(QStringLiteral("añb")), 3);
        QCOMPARE(countedLength(QString::fromUtf8("\xF0\x9F\x8C\x8A\xF0\x9F\x8C\x8A")), 2);
        QCOMPARE(countedLength(QStringLiteral("x https://example.org/") + QString(200, QLatin1Char('a'))), 25);
    }

    void storesNoControlThatADatabaseOrAReaderStumblesOver()
    {
        QCOMPARE(cleanText(QStringLiteral("  a\r\nb\rc  ")), QStringLiteral("a\nb\nc"));
        QCOMPARE(cleanText(QStringLiteral("a") + QChar(0) + QChar(0xD800) + QStringLiteral("b")), QStringLiteral("ab"));
        const QString wave = QString::fromUtf8("\xF0\x9F\x8C\x8A");
        QCOMPARE(cleanText(wave), wave);
    }
};

QTEST_GUILESS_MAIN(tst_StatusText)
#include "tst_statustext.moc"
