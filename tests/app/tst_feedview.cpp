// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuses.h"

#include <desktop/core/mediacache.h>
#include <desktop/feed/feedview.h>
#include <desktop/feed/statuslistmodel.h>

#include <QAccessible>
#include <QFile>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace graminsta;

namespace
{

constexpr int kMany = 100'000;

// Never answers, so that what is asked for stays countable.
class SilentSource final : public MediaSource
{
public:
    explicit SilentSource(int &alive)
        : m_alive(alive)
    {
    }
    std::unique_ptr<MediaFetch> fetch(const QUrl &) override
    {
        auto fetch = std::make_unique<MediaFetch>();
        ++m_alive;
        QObject::connect(fetch.get(), &QObject::destroyed, [this] { --m_alive; });
        return fetch;
    }

private:
    int &m_alive;
};

class CountingDelegate final : public StatusDelegate
{
public:
    using StatusDelegate::StatusDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        ++painted;
        StatusDelegate::paint(painter, option, index);
    }
    mutable int painted = 0;
};

qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096 : 0;
}

} // namespace

class tst_FeedView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    // The first, while the heap has no room that others have left.
    void holdsAHundredThousandInLittleMemory();
    void paintsOnlyWhatIsInTheWindowOfAHundredThousand();
    void asksOnlyForThePicturesAround();
    void staysWhereItIsWhenNewerOnesComeOnTop();
    void asksForMoreBeforeTheEnd();
    void goesByKeys();
    void likesAndOpensByKeys();
    void speaksOfEachStatus();

private:
    int m_fetches = 0;
    std::unique_ptr<MediaCache> m_media;
    std::unique_ptr<StatusListModel> m_model;
    std::unique_ptr<FeedView> m_view;
};

void tst_FeedView::init()
{
    m_fetches = 0;
    m_media = std::make_unique<MediaCache>(std::make_unique<SilentSource>(m_fetches));
    m_model = std::make_unique<StatusListModel>();
    m_view = std::make_unique<FeedView>(*m_media);
    m_view->resize(900, 800);
    m_view->setModel(m_model.get());
}

void tst_FeedView::cleanup()
{
    m_view.reset();
    m_model.reset();
    m_media.reset();
}

void tst_FeedView::paintsOnlyWhatIsInTheWindowOfAHundredThousand()
{
    m_model->append(apptest::statuses(0, kMany));
    CountingDelegate counting(*m_media);
    m_view->setItemDelegate(&counting);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QScrollBar *bar = m_view->verticalScrollBar();
    QVERIFY(bar->maximum() > kMany * 300);
    QRandomGenerator random(1);
    for (int i = 0; i < 60; ++i) {
        bar->setValue(random.bounded(bar->maximum()));
        counting.painted = 0;
        m_view->viewport()->repaint();
        QVERIFY2(counting.painted >= 1 && counting.painted <= 6, qPrintable(QString::number(counting.painted)));
        const auto [first, last] = m_view->visibleRows();
        QVERIFY(last - first < 6);
    }
    bar->setValue(bar->maximum());
    m_view->viewport()->repaint();
    QCOMPARE(m_view->visibleRows().second, kMany - 1);
    m_view->setItemDelegate(nullptr);
}

void tst_FeedView::holdsAHundredThousandInLittleMemory()
{
    const qint64 before = residentBytes();
    for (int i = 0; i < kMany; i += 1000) {
        m_model->append(apptest::statuses(i, 1000));
    }
    const qint64 each = (residentBytes() - before) / kMany;
    qInfo() << "bytes for each status:" << each;
    QVERIFY2(each < 2'000, qPrintable(QString::number(each)));
}

void tst_FeedView::asksOnlyForThePicturesAround()
{
    m_model->append(apptest::statuses(0, kMany));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QTRY_VERIFY(m_fetches > 0);
    QScrollBar *bar = m_view->verticalScrollBar();
    for (int i = 1; i <= 200; ++i) {
        bar->setValue(i * 5'000);
        QCoreApplication::processEvents();
        QVERIFY(m_fetches <= MediaCache::kConcurrentFetches);
        QVERIFY(m_media->underWay() <= MediaCache::kConcurrentFetches);
    }
}

void tst_FeedView::staysWhereItIsWhenNewerOnesComeOnTop()
{
    m_model->append(apptest::statuses(100, 500));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->verticalScrollBar()->setValue(20'000);
    const QPersistentModelIndex shown = m_view->indexAt(QPoint(450, 400));
    const int top = m_view->visualRect(shown).top();
    m_model->prepend(apptest::statuses(0, 100));
    QCOMPARE(m_view->visualRect(shown).top(), top);
    QCOMPARE(m_view->indexAt(QPoint(450, 400)), QModelIndex(shown));
}

void tst_FeedView::asksForMoreBeforeTheEnd()
{
    m_model->append(apptest::statuses(0, 100));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QSignalSpy wanted(m_view.get(), &FeedView::moreWanted);
    QCoreApplication::processEvents();
    QCOMPARE(wanted.count(), 0);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() - 900);
    QTRY_VERIFY(wanted.count() > 0);
}

void tst_FeedView::goesByKeys()
{
    m_model->append(apptest::statuses(0, 50));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QTest::keyClick(m_view.get(), Qt::Key_J);
    QCOMPARE(m_view->currentIndex().row(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_J);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->currentIndex().row(), 2);
    const QRect place = m_view->visualRect(m_view->currentIndex());
    QVERIFY(place.top() >= 0 && place.top() < 40);
    QTest::keyClick(m_view.get(), Qt::Key_K);
    QCOMPARE(m_view->currentIndex().row(), 1);
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->currentIndex().row(), 49);
}

void tst_FeedView::likesAndOpensByKeys()
{
    m_model->append(apptest::statuses(0, 5));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QSignalSpy liked(m_view.get(), &FeedView::likeRequested);
    QSignalSpy opened(m_view.get(), &FeedView::openRequested);
    QTest::keyClick(m_view.get(), Qt::Key_J);
    QTest::keyClick(m_view.get(), Qt::Key_L);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(liked.count(), 1);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toModelIndex().row(), 0);
}

void tst_FeedView::speaksOfEachStatus()
{
    m_model->append(apptest::statuses(3, 1));
    const QString spoken = m_model->index(0).data(Qt::AccessibleTextRole).toString();
    QVERIFY(spoken.contains(QStringLiteral("person3")));
    QVERIFY(spoken.contains(QStringLiteral("Photo: Photo 3")));
    QVERIFY(spoken.contains(QStringLiteral("3 likes")));
}

QTEST_MAIN(tst_FeedView)
#include "tst_feedview.moc"
