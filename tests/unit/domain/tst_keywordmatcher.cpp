// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/filters/keywordmatcher.h>

#include <QTest>

using graminsta::domain::KeywordMatcher;

class tst_KeywordMatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void findsWhereABeginningRepeats();
};

void tst_KeywordMatcher::finds_data()
{
    QTest::addColumn<QString>("keyword");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("asWord");
    QTest::addColumn<bool>("anywhere");
    const auto row = [](const char *keyword, const char *text, bool asWord, bool anywhere) {
        QTest::addRow("%s in %s", keyword, text)
            << QString::fromUtf8(keyword) << QString::fromUtf8(text) << asWord << anywhere;
    };
    row("cat", "a Cat.", true, true);
    row("cat", "cat", true, true);
    row("cat", "concatenate", false, true);
    row("cat", "cats and a cat", true, true);
    row("cat", "cat's", true, true);
    row("cat", "cat_", false, true);
    row("cat", "dog", false, false);
    row("STRASSE", "die Straße", true, true);
    row("érable", "un éRABLE", true, true);
    row("rable", "un érable", false, true);
    row("#cat", "a#cat", true, true); // nothing of a word begins with '#'
    row("#cat", "#cats", false, true);
    row("big cat", "a big cat", true, true);
    row("big cat", "a big, cat", false, false);
    row("写真", "東京写真館", true, true);
    row("🌅", "sun🌅set", true, true);
    row("𝒳", "𝒳y", false, true);
    row("хорошо", "ХОРОШО!", true, true);
    row("", "anything", false, false);
    row("a", "", false, false);
}

void tst_KeywordMatcher::finds()
{
    QFETCH(QString, keyword);
    QFETCH(QString, text);
    QFETCH(bool, asWord);
    QFETCH(bool, anywhere);
    const QString folded = KeywordMatcher::folded(text);
    QCOMPARE(KeywordMatcher(keyword, true).isIn(folded), asWord);
    QCOMPARE(KeywordMatcher(keyword, false).isIn(folded), anywhere);
}

void tst_KeywordMatcher::findsWhereABeginningRepeats()
{
    // Against the plain definition, in texts of two letters.
    for (int bits = 0; bits < 1 << 12; ++bits) {
        QString text;
        for (int place = 0; place < 12; ++place)
            text += QLatin1Char((bits >> place & 1) != 0 ? 'a' : 'b');
        for (const char *keyword : { "abab", "aab", "aa", "abaabab" }) {
            const QString word = QString::fromLatin1(keyword);
            QCOMPARE(KeywordMatcher(word, false).isIn(text), text.contains(word));
            QCOMPARE(KeywordMatcher(word, true).isIn(text), text == word);
        }
    }
}

QTEST_GUILESS_MAIN(tst_KeywordMatcher)
#include "tst_keywordmatcher.moc"
