// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/core/result.h>
#include <graminsta/core/secrets.h>

#include <QSet>
#include <QTest>

#include <thread>
#include <vector>

using namespace graminsta;

namespace
{

// Time stands where it is put.
class StandingClock final : public Clock
{
public:
    Timestamp now() const override { return time; }
    Timestamp time = kIdEpoch + std::chrono::hours { 24 };
};

Result<int> half(int number)
{
    if (number % 2 != 0)
        return makeError(Fault::Invalid, QStringLiteral("odd"));
    return number / 2;
}

Result<int> quarter(int number)
{
    const int first = GI_TRY(half(number));
    return GI_TRY(half(first));
}

} // namespace

class tst_Core : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tryGivesTheValueOrReturnsTheError()
    {
        QCOMPARE(*quarter(12), 3);
        const Result<int> odd = quarter(6);
        QVERIFY(!odd);
        QCOMPARE(odd.error().fault, Fault::Invalid);
        QCOMPARE(odd.error().safe, QStringLiteral("odd"));
    }

    void tryStandsInALambdaInsideAnother()
    {
        const auto outer = [](int number) -> Result<int> {
            return GI_TRY([number]() -> Result<int> { return GI_TRY(half(number)); }());
        };
        QCOMPARE(*outer(4), 2);
        QVERIFY(!outer(3));
    }

    void idsSortByTimeAndAreNeverGivenTwice()
    {
        StandingClock clock;
        IdGenerator generator(clock, 7);
        qint64 last = 0;
        // More than a millisecond holds, and time stands still: the generator borrows from the next ones.
        for (int i = 0; i < 10'000; ++i) {
            const qint64 id = generator.next<StatusId>().number();
            QVERIFY(id > last);
            last = id;
        }
        QVERIFY(idTime(last) >= clock.time);
        QVERIFY(idTime(last) < clock.time + std::chrono::milliseconds { 5 });
    }

    void idsDoNotGoBackWhenTheClockDoes()
    {
        StandingClock clock;
        IdGenerator generator(clock, 0);
        const qint64 before = generator.next<StatusId>().number();
        clock.time -= std::chrono::hours { 1 };
        QVERIFY(generator.next<StatusId>().number() > before);
    }

    void idsOfParallelThreadsDiffer()
    {
        const SystemClock clock;
        IdGenerator generator(clock, kMaxIdNode);
        std::vector<QList<qint64>> made(4);
        std::vector<std::thread> threads;
        for (QList<qint64> &ids : made) {
            threads.emplace_back([&generator, &ids] {
                for (int i = 0; i < 20'000; ++i)
                    ids.append(generator.next<StatusId>().number());
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QSet<qint64> distinct;
        for (const QList<qint64> &ids : made)
            distinct.unite(QSet<qint64>(ids.cbegin(), ids.cend()));
        QCOMPARE(distinct.size(), 80'000);
    }

    void onlyDigitsAreAnId_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("number");
        QTest::newRow("digits") << QStringLiteral("112233") << qint64(112233);
        QTest::newRow("largest") << QStringLiteral("9223372036854775807") << std::numeric_limits<qint64>::max();
        QTest::newRow("one too large") << QStringLiteral("9223372036854775808") << qint64(0);
        QTest::newRow("empty") << QString() << qint64(0);
        QTest::newRow("zero") << QStringLiteral("0") << qint64(0);
        QTest::newRow("negative") << QStringLiteral("-5") << qint64(0);
        QTest::newRow("blank") << QStringLiteral(" 5") << qint64(0);
        QTest::newRow("words") << QStringLiteral("home") << qint64(0);
    }
    void onlyDigitsAreAnId()
    {
        QFETCH(QString, text);
        QFETCH(qint64, number);
        QCOMPARE(parseIdNumber(text).value_or(0), number);
    }

    void timeIsWrittenInUtcWithMilliseconds()
    {
        QCOMPARE(toRfc3339(fromUnixMs(1'795'460'573'007)), QStringLiteral("2026-11-23T19:02:53.007Z"));
        QCOMPARE(toRfc3339(fromUnixMs(0)), QStringLiteral("1970-01-01T00:00:00.000Z"));
    }

    void timeIsReadWithAnyOffset()
    {
        const Timestamp expected = fromUnixMs(1'795'460'573'000);
        QCOMPARE(fromRfc3339(u"2026-11-23T19:02:53Z"), expected);
        QCOMPARE(fromRfc3339(u"2026-11-23T20:02:53.000+01:00"), expected);
        QCOMPARE(fromRfc3339(u"2026-11-23T19:02:53"), expected);
        QVERIFY(!fromRfc3339(u"yesterday"));
    }

    void tokensAreLongAndNeverTheSame()
    {
        QSet<QByteArray> tokens;
        for (int i = 0; i < 1000; ++i)
            tokens.insert(randomToken());
        QCOMPARE(tokens.size(), 1000);
        QCOMPARE(tokens.cbegin()->size(), 43);
        QCOMPARE(tokenHash("a").size(), 32);
        QVERIFY(constantTimeEquals("abc", "abc"));
        QVERIFY(!constantTimeEquals("abc", "abd"));
        QVERIFY(!constantTimeEquals("abc", "abcd"));
    }
};

QTEST_GUILESS_MAIN(tst_Core)
#include "tst_core.moc"
