// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window on recorded data, from drop to feed.
#include <desktop/compose/composepage.h>
#include <desktop/core/captionlinks.h>
#include <desktop/feed/feedpage.h>
#include <desktop/feed/feedview.h>
#include <desktop/notifications/notificationspage.h>
#include <desktop/offline/offlineapp.h>
#include <desktop/post/statuspage.h>
#include <desktop/profile/profilepage.h>
#include <desktop/search/searchpage.h>
#include <desktop/settings/settingspage.h>

#include <QApplication>
#include <QDropEvent>
#include <QImage>
#include <QLineEdit>
#include <QListView>
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
    void findsPeopleHashtagsAndPosts();
    void saysThatNothingWasFound();
    void followsTheLinksOfACaption();

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
    window.goTo(Place::Search);
    QVERIFY(qobject_cast<SearchPage *>(window.currentPage()));
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

void tst_Window::findsPeopleHashtagsAndPosts()
{
    MainWindow &window = m_offline->window();
    window.goTo(Navigator::Place::Search);
    auto *page = qobject_cast<SearchPage *>(window.currentPage());
    SearchController &found = page->controller();
    auto *line = page->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("tomas"));
    QCOMPARE(found.state(), SearchController::State::Searching);
    QTRY_COMPARE(found.state(), SearchController::State::Found);
    QCOMPARE(std::get<SearchHeading>(found.at(0)).text, QStringLiteral("People"));
    const auto person = std::get<FoundAccount>(found.at(1));
    QVERIFY(!found.flags(found.index(0)).testFlag(Qt::ItemIsEnabled));
    auto *list = page->findChild<QListView *>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(found.index(1)).center());
    QVERIFY(qobject_cast<ProfilePage *>(window.currentPage()));

    // What was found is still there on the way back, and the next search takes its place.
    QTest::keyClick(&window, Qt::Key_Escape);
    QCOMPARE(window.currentPage(), page);
    line->setText(QStringLiteral("#cactus"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(found.state() == SearchController::State::Found && std::holds_alternative<FoundHashtag>(found.at(1)));
    Q_EMIT list->activated(found.index(1));
    QTRY_VERIFY(feed() && feed()->view()->model()->rowCount() > 0);
    QVERIFY(statusAt(feed()->view()->model()->index(0, 0)).caption.contains(QStringLiteral("#cactus")));
}

void tst_Window::saysThatNothingWasFound()
{
    MainWindow &window = m_offline->window();
    window.goTo(Navigator::Place::Search);
    auto *page = qobject_cast<SearchPage *>(window.currentPage());
    page->findChild<QLineEdit *>()->setText(QStringLiteral("zzzzz"));
    QTRY_COMPARE(page->controller().state(), SearchController::State::Found);
    QCOMPARE(page->controller().rowCount(), 0);
    page->findChild<QLineEdit *>()->clear();
    QCOMPARE(page->controller().state(), SearchController::State::Idle);
}

void tst_Window::followsTheLinksOfACaption()
{
    StatusRow row;
    row.caption =
        QStringLiteral("Hi @Anna and @nobody: see #Café, https://example.org/a?b=1&c=2. <b>mail@anna.example</b>");
    row.mentions = { { QStringLiteral("7"), QStringLiteral("anna"), QStringLiteral("anna@other.example") } };
    QStringList hrefs;
    for (const CaptionLink &link : captionLinks(row)) {
        hrefs.append(link.href);
    }
    QCOMPARE(hrefs,
             (QStringList { QStringLiteral("account:7"), QStringLiteral("hashtag:Café"),
                            QStringLiteral("https://example.org/a?b=1&c=2") }));
    const QString html = captionHtml(row);
    QVERIFY(html.contains(QStringLiteral("&lt;b&gt;mail@anna.example&lt;/b&gt;")));
    QVERIFY(html.contains(QStringLiteral("href=\"https://example.org/a?b=1&amp;c=2\"")));

    // By mouse, in the feed.
    const QAbstractItemModel *model = feed()->view()->model();
    int tagged = 0;
    while (!statusAt(model->index(tagged, 0)).caption.contains(QLatin1Char('#'))) {
        ++tagged;
    }
    const QModelIndex index = model->index(tagged, 0);
    const StatusRow status = statusAt(index);
    const CaptionLink link = captionLinks(status).first();
    FeedView *view = feed()->view();
    // High enough for any post with its caption.
    m_offline->window().resize(1000, 2200);
    QStringList followed;
    connect(view, &FeedView::linkRequested, this, [&followed](const QString &href) { followed.append(href); });
    // Somewhere in the caption is the link. What comes into sight is measured anew, so it may move meanwhile.
    const auto click = [&] {
        view->scrollTo(index, QAbstractItemView::PositionAtTop);
        const QRect area = view->visualRect(index) & view->viewport()->rect();
        auto *delegate = qobject_cast<StatusDelegate *>(view->itemDelegate());
        QStyleOptionViewItem option;
        option.initFrom(view);
        option.rect = view->visualRect(index);
        for (int y = area.bottom(); y > area.top() && followed.isEmpty(); y -= 4) {
            for (int x = area.left() + 4; x < area.right() - 4 && followed.isEmpty(); x += 6) {
                if (delegate->partAt(QPoint(x, y), option, index) == StatusPart::Link) {
                    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(x, y));
                }
            }
        }
        return !followed.isEmpty();
    };
    QTRY_VERIFY(click());
    QCOMPARE(followed, QStringList { link.href });
    QVERIFY(m_offline->window().currentPage() != nullptr);
}

QTEST_MAIN(tst_Window)
#include "tst_window.moc"
