// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/offline/screenshot.h>

#include <desktop/feed/feedpage.h>
#include <desktop/feed/feedview.h>
#include <desktop/offline/offlineapp.h>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QTimer>

#include <cstdio>

namespace graminsta
{

namespace
{

constexpr int kSettleMs = 600;
constexpr int kLimitMs = 30'000;

void run(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

// Until nothing is being loaded or decoded any more.
void settle(const MediaCache &media)
{
    QElapsedTimer timer;
    timer.start();
    do {
        run(kSettleMs);
    } while (media.underWay() > 0 && timer.elapsed() < kLimitMs);
}

void goTo(MainWindow &window, Navigator &navigator, const QString &page)
{
    using Place = Navigator::Place;
    static const QHash<QString, Place> places {
        { QStringLiteral("feed"), Place::Home },       { QStringLiteral("explore"), Place::Explore },
        { QStringLiteral("compose"), Place::Compose }, { QStringLiteral("notifications"), Place::Notifications },
        { QStringLiteral("profile"), Place::Profile }, { QStringLiteral("settings"), Place::Settings },
        { QStringLiteral("search"), Place::Search }
    };
    if (page != u"post") {
        window.goTo(places.value(page, Place::Home));
        if (page == u"search") {
            window.currentPage()->findChild<QLineEdit *>()->setText(QStringLiteral("a"));
        }
        return;
    }
    const auto *feed = qobject_cast<FeedPage *>(window.currentPage());
    const QAbstractItemModel *model = feed ? feed->view()->model() : nullptr;
    if (model && model->rowCount() > 1) {
        Q_EMIT navigator.statusRequested(statusAt(model->index(1, 0)));
    }
}

} // namespace

int takeScreenshot(OfflineApp &offline, const QString &page, const QString &file)
{
    settle(offline.app().media());
    goTo(offline.window(), offline.app().navigator(), page);
    settle(offline.app().media());
    if (!offline.window().grab().save(file)) {
        std::fprintf(stderr, "graminsta-offline: %s cannot be written\n", qPrintable(file));
        return 1;
    }
    return 0;
}

} // namespace graminsta
