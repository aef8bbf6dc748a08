// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/media/memorybudget.h>

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace graminsta;
using media::MemoryBudget;

namespace
{

Deadline soon()
{
    return Deadline::after(std::chrono::milliseconds(20));
}

} // namespace

class MemoryBudgetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesUpAtTheDeadline()
    {
        MemoryBudget budget(100);
        const auto first = budget.take(60, soon());
        QVERIFY(first);
        QVERIFY(!budget.take(41, soon()));
        QVERIFY(budget.take(40, soon()));
    }

    void givesBackWhatIsNoLongerNeeded()
    {
        MemoryBudget budget(100);
        {
            const auto all = budget.take(100, soon());
            QVERIFY(all);
        }
        QVERIFY(budget.take(100, soon()));
    }

    void letsTooMuchInAlone()
    {
        MemoryBudget budget(100);
        const auto huge = budget.take(1000, soon());
        QVERIFY(huge);
        QVERIFY(!budget.take(1, soon()));
        QVERIFY(budget.take(0, soon()));
    }

    void staysWithinTheTotalAmongThreads()
    {
        MemoryBudget budget(100);
        std::atomic<int> taken = 0;
        std::atomic<bool> exceeded = false;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&budget, &taken, &exceeded] {
                for (int round = 0; round < 200; ++round) {
                    const auto share = budget.take(40, Deadline::after(std::chrono::seconds(30)));
                    if (!share || (taken += 40) > 100)
                        exceeded = true;
                    taken -= 40;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(!exceeded);
    }
};

QTEST_GUILESS_MAIN(MemoryBudgetTest)
#include "tst_memorybudget.moc"
