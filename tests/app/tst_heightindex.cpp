// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/heightindex.h>

#include <QRandomGenerator>
#include <QTest>

#include <numeric>

using graminsta::HeightIndex;

class tst_HeightIndex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithAPlainListWhateverIsDoneToIt();
    void hasNoRowWhereThereIsNone();
};

void tst_HeightIndex::agreesWithAPlainListWhateverIsDoneToIt()
{
    QRandomGenerator random(7);
    HeightIndex index;
    QList<int> plain;
    for (int step = 0; step < 3000; ++step) {
        const int rows = static_cast<int>(plain.size());
        const int what = random.bounded(4);
        if (what == 0 || rows == 0) {
            const int at = random.bounded(2) == 0 ? rows : random.bounded(rows + 1);
            const QList<int> heights { random.bounded(500), random.bounded(500), random.bounded(500) };
            index.insert(at, heights);
            for (int i = 0; i < heights.size(); ++i) {
                plain.insert(at + i, heights[i]);
            }
        } else if (what == 1 && rows > 2) {
            const int at = random.bounded(rows - 1);
            index.remove(at, 2);
            plain.remove(at, 2);
        } else {
            const int at = random.bounded(rows);
            const int height = random.bounded(500);
            index.setHeight(at, height);
            plain[at] = height;
        }
        const int row = random.bounded(static_cast<int>(plain.size()) + 1);
        QCOMPARE(index.top(row), std::accumulate(plain.cbegin(), plain.cbegin() + row, qint64(0)));
        const qint64 position = random.bounded(static_cast<int>(index.total()) + 1);
        const int found = index.rowAt(position);
        QVERIFY(index.top(found) <= position);
        QVERIFY(position < index.top(found + 1) || found == plain.size() - 1);
    }
}

void tst_HeightIndex::hasNoRowWhereThereIsNone()
{
    HeightIndex index;
    QCOMPARE(index.rowAt(0), -1);
    QCOMPARE(index.total(), 0);
    index.insert(0, { 10, 20 });
    QCOMPARE(index.rowAt(-5), 0);
    QCOMPARE(index.rowAt(9), 0);
    QCOMPARE(index.rowAt(10), 1);
    QCOMPARE(index.rowAt(1000), 1);
}

QTEST_GUILESS_MAIN(tst_HeightIndex)
#include "tst_heightindex.moc"
