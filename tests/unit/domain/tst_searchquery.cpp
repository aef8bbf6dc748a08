// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/search/searchquery.h>

#include <graminsta/core/idgenerator.h>

#include <QTest>

using namespace graminsta;
using namespace graminsta::domain;

class tst_SearchQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWordsAndPhrases()
    {
        const SearchQuery query =
            parseSearchQuery(QStringLiteral("  big \"red boat\" -sail -\"at night\" “old pier” -"));
        QCOMPARE(query.search.wanted,
                 QStringList({ QStringLiteral("big"), QStringLiteral("red boat"), QStringLiteral("old pier"),
                               QStringLiteral("-") }));
        QCOMPARE(query.search.unwanted, QStringList({ QStringLiteral("sail"), QStringLiteral("at night") }));
    }

    void takesOperatorsInAnyCase()
    {
        const SearchQuery query =
            parseSearchQuery(QStringLiteral("FROM:Ann -from:bob has:Media -is:sensitive in:library language:DE"));
        QCOMPARE(query.from, QStringList { QStringLiteral("ann") });
        QCOMPARE(query.notFrom, QStringList { QStringLiteral("bob") });
        QVERIFY(query.search.hasMedia == true && query.search.isSensitive == false);
        QVERIFY(query.search.onlyLibrary && !query.isImpossible && query.search.wanted.isEmpty());
        QCOMPARE(query.search.language, QStringLiteral("de"));
    }

    void countsDaysInUtc()
    {
        const Timestamp day = *fromRfc3339(QStringLiteral("2026-11-24T00:00:00.000Z"));
        const auto boundsOf = [](const char *text) {
            const ports::StatusSearch search = parseSearchQuery(QString::fromLatin1(text)).search;
            return std::pair(search.above + 1, search.below);
        };
        const auto first = [&day](int days) { return firstIdAt(day + std::chrono::days { days }); };
        QCOMPARE(boundsOf("during:2026-11-24"), std::pair(first(0), first(1)));
        QCOMPARE(boundsOf("after:2026-11-24").first, first(1));
        QCOMPARE(boundsOf("-after:2026-11-24").second, first(1));
        QCOMPARE(boundsOf("before:2026-11-24").second, first(0));
        QCOMPARE(boundsOf("-before:2026-11-24").first, first(0));
        QCOMPARE(boundsOf("after:2026-11-22 before:2026-11-25"), std::pair(first(-1), first(1)));
    }

    void saysWhatNoPostCanBe_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : { "has:poll", "is:nonsense", "has:media -has:media", "language:de language:en" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void saysWhatNoPostCanBe()
    {
        QFETCH(QString, text);
        QVERIFY(parseSearchQuery(text).isImpossible);
    }

    void takesWhatIsNoOperatorForWords_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : { "before:yesterday", "during:2026-02-31", "note:this", ":", "from:", "\"from:ann\"",
                                  "-during:2026-11-24" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void takesWhatIsNoOperatorForWords()
    {
        QFETCH(QString, text);
        const SearchQuery query = parseSearchQuery(text);
        QVERIFY(query.from.isEmpty() && !query.isImpossible && query.search.below == 0 && query.search.above == 0);
        QCOMPARE(query.search.wanted.size() + query.search.unwanted.size(), 1);
    }

    void isEmptyWithoutAQuestion()
    {
        for (const char *text : { "", "   ", "-not", "-from:ann", "in:all" })
            QVERIFY2(parseSearchQuery(QString::fromLatin1(text)).isEmpty(), text);
        QVERIFY(!parseSearchQuery(QStringLiteral("from:ann")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_SearchQuery)
#include "tst_searchquery.moc"
