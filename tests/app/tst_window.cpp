// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window on recorded data, from drop to feed.
#include <desktop/compose/composepage.h>
#include <desktop/feed/feedpage.h>
#include <desktop/feed/feedview.h>
#include <desktop/notifications/notificationspage.h>
#include <desktop/offline/offlineapp.h>
#include <desktop/post/statuspage.h>
#include <desktop/profile/profilepage.h>
#include <desktop/settings/settingspage.h>

#include <QApplication>
#include <QDropEvent>
#include <QImage>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTest>

using namespace graminsta;

class tst_Window : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheFeed();
    void goesThroughAllPlaces();
    void opensAStatusAndComesBack();
    void commentsOnAStatus();
    void takesDroppedPhotosToANewPost();
    void changesItsColours();
    void deletesAnOwnPost();

private:
    [[nodiscard]] FeedPage *feed() const { return qobject_cast<FeedPage *>(m_offline->window().currentPage()); }
    [[nodiscard]] QPushButton *button(const QString &text) const;

    std::unique_ptr<OfflineApp> m_offline;
};

void tst_Window::init()
{
    m_offline = std::make_unique<OfflineApp>(QString(), 30);
    m_offline->window().show();
    m_offline->start();
    QTRY_VERIFY(feed() && feed()->view()->model()->rowCount() > 0);
}

void tst_Window::cleanup()
{
    m_offline.reset();
}

QPushButton *tst_Window::button(const QString &text) const
{
    for (QPushButton *candidate : m_offline->window().findChildren<QPushButton *>()) {
        if (candidate->text() == text && candidate->isVisible()) {
            return candidate;
        }
    }
    return nullptr;
}

void tst_Window::showsTheFeed()
{
    QTRY_COMPARE(feed()->view()->model()->rowCount() >= 20, true);
    QTRY_COMPARE(m_offline->app().media().underWay(), 0);
    QVERIFY(m_offline->app().media().memoryUsed() > 0);
}

void tst_Window::goesThroughAllPlaces()
{
    MainWindow &window = m_offline->window();
    using Place = Navigator::Place;
    window.goTo(Place::Explore);
    QVERIFY(feed());
    window.goTo(Place::Notifications);
    QVERIFY(qobject_cast<NotificationsPage *>(window.currentPage()));
    window.goTo(Place::Profile);
    QVERIFY(qobject_cast<ProfilePage *>(window.currentPage()));
    window.goTo(Place::Settings);
    QVERIFY(qobject_cast<SettingsPage *>(window.currentPage()));
    window.goTo(Place::Compose);
    QVERIFY(qobject_cast<ComposePage *>(window.currentPage()));
    window.goTo(Place::Home);
    QVERIFY(feed());
}

void tst_Window::opensAStatusAndComesBack()
{
    MainWindow &window = m_offline->window();
    QTest::keyClick(feed()->view(), Qt::Key_J);
    QTest::keyClick(feed()->view(), Qt::Key_Return);
    auto *page = qobject_cast<StatusPage *>(window.currentPage());
    QVERIFY(page);
    QTRY_VERIFY(page->controller().hasComments());
    QCOMPARE(page->controller().comments().size(), 2);
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(feed());
}

void tst_Window::commentsOnAStatus()
{
    QTest::keyClick(feed()->view(), Qt::Key_J);
    QTest::keyClick(feed()->view(), Qt::Key_Return);
    auto *page = qobject_cast<StatusPage *>(m_offline->window().currentPage());
    QVERIFY(page);
    QTRY_VERIFY(page->controller().hasComments());
    auto *line = page->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("Well seen"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(page->controller().comments().size(), 3);
    QCOMPARE(page->controller().comments().last().caption, QStringLiteral("Well seen"));
    QTRY_VERIFY(line->text().isEmpty());
    // The feed knows too.
    QTest::keyClick(&m_offline->window(), Qt::Key_Escape);
    QTRY_COMPARE(statusAt(feed()->view()->model()->index(0, 0)).repliesCount, 3);
}

void tst_Window::takesDroppedPhotosToANewPost()
{
    QTemporaryDir folder;
    QImage image(80, 60, QImage::Format_RGB32);
    image.fill(Qt::red);
    const QString path = folder.filePath(QStringLiteral("red.png"));
    QVERIFY(image.save(path));
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(path) });
    MainWindow &window = m_offline->window();
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    QVERIFY(qobject_cast<ComposePage *>(window.currentPage()));
    QTRY_VERIFY(button(QStringLiteral("Post")) && button(QStringLiteral("Post"))->isEnabled());
    QTest::mouseClick(button(QStringLiteral("Post")), Qt::LeftButton);
    QTRY_VERIFY(feed());
    const auto first = [this] { return statusAt(feed()->view()->model()->index(0, 0)); };
    QTRY_VERIFY(first().photos.first().url.contains(QStringLiteral("/uploads/")));
    QCOMPARE(first().author->id, m_offline->app().sessions().session()->account().id);
}

void tst_Window::changesItsColours()
{
    m_offline->setAppearance(Appearance::Light);
    QVERIFY(!isDark(m_offline->window().palette()));
    m_offline->setAppearance(Appearance::Dark);
    QVERIFY(isDark(m_offline->window().palette()));
    QCOMPARE(m_offline->app().settings().appearance(), Appearance::Dark);
}

void tst_Window::deletesAnOwnPost()
{
    // The second of the recorded ones is the user's own.
    const StatusRow own = statusAt(feed()->view()->model()->index(1, 0));
    Q_EMIT m_offline->app().navigator().statusRequested(own);
    auto *page = qobject_cast<StatusPage *>(m_offline->window().currentPage());
    QVERIFY(page);
    page->controller().remove();
    QTRY_VERIFY(feed());
    QVERIFY(statusAt(feed()->view()->model()->index(1, 0)).id != own.id);
}

QTEST_MAIN(tst_Window)
#include "tst_window.moc"
