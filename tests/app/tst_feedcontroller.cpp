// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuses.h"

#include <desktop/core/statusactions.h>
#include <desktop/feed/feedcontroller.h>

#include <graminsta/client/recordedtransport.h>
#include <graminsta/json/encode.h>

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace graminsta;
using client::HttpReply;
using client::HttpRequest;

namespace
{

const QString kHome = QStringLiteral("/api/v1/timelines/home");

HttpReply pageReply(const QList<model::Status> &statuses, const QByteArray &next = {}, int status = 200)
{
    HttpReply reply { status, { { "content-type", "application/json" } }, json::encode(statuses) };
    if (!next.isEmpty()) {
        reply.headers.append({ "link", "<https://example.org/api/v1/timelines/home?" + next + ">; rel=\"next\"" });
    }
    return reply;
}

} // namespace

class tst_FeedController : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void followsTheLinksToTheEnd();
    void stopsWhereTheServerLeadsInCircles();
    void passesOverEmptyPages();
    void saysThatTheFeedIsBeingPrepared();
    void failsWithAMessageAndTriesAgain();
    void putsNewerOnesOnTop();
    void showsALikeAtOnceAndTakesItBack();
    void sendsOnlyTheLastWishForALike();
    void showsWhatWasPosted();

private:
    void answer(std::function<Result<HttpReply>(const QUrlQuery &)> handler);

    std::shared_ptr<client::RecordedTransport> m_transport;
    std::unique_ptr<StatusActions> m_actions;
    std::unique_ptr<FeedController> m_feed;
};

void tst_FeedController::init()
{
    m_transport = std::make_shared<client::RecordedTransport>();
    client::ClientOptions options;
    options.retry.attempts = 1;
    const client::Client client(QUrl(QStringLiteral("https://example.org")), "token", m_transport, options);
    m_feed.reset();
    m_actions = std::make_unique<StatusActions>(client);
    const client::Timelines timelines = client.timelines();
    m_feed = std::make_unique<FeedController>(
        [timelines](client::PageRequest page, client::CancelToken cancel) {
            return timelines.home(std::move(page), std::move(cancel));
        },
        *m_actions, FeedController::Posted::Shown);
}

void tst_FeedController::answer(std::function<Result<HttpReply>(const QUrlQuery &)> handler)
{
    m_transport->on(api::Verb::Get, kHome,
                    [handler](const HttpRequest &request) { return handler(QUrlQuery(request.url)); });
}

void tst_FeedController::followsTheLinksToTheEnd()
{
    answer([](const QUrlQuery &query) -> Result<HttpReply> {
        const int page = query.queryItemValue(QStringLiteral("page")).toInt();
        const QByteArray next = page < 2 ? "page=" + QByteArray::number(page + 1) : QByteArray();
        return pageReply(apptest::statuses(page * 20, 20), next);
    });
    m_feed->load();
    QTRY_COMPARE(m_feed->model()->rowCount(), 20);
    QCOMPARE(m_feed->state(), FeedController::State::Ready);
    m_feed->loadMore();
    QTRY_COMPARE(m_feed->model()->rowCount(), 40);
    m_feed->loadMore();
    QTRY_COMPARE(m_feed->model()->rowCount(), 60);
    QVERIFY(m_feed->isAtEnd());
}

void tst_FeedController::stopsWhereTheServerLeadsInCircles()
{
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(0, 20), "page=1"); });
    m_feed->load();
    QTRY_COMPARE(m_feed->state(), FeedController::State::Ready);
    m_feed->loadMore();
    QTRY_VERIFY(m_feed->isAtEnd() && !m_feed->isBusy());
    QCOMPARE(m_feed->model()->rowCount(), 20);
}

void tst_FeedController::passesOverEmptyPages()
{
    answer([](const QUrlQuery &query) -> Result<HttpReply> {
        const int page = query.queryItemValue(QStringLiteral("page")).toInt();
        const bool filtered = page == 1 || page == 2;
        return pageReply(filtered ? QList<model::Status>() : apptest::statuses(page * 20, 20),
                         "page=" + QByteArray::number(page + 1));
    });
    m_feed->load();
    QTRY_COMPARE(m_feed->state(), FeedController::State::Ready);
    m_feed->loadMore();
    QTRY_COMPARE(m_feed->model()->rowCount(), 40);
}

void tst_FeedController::saysThatTheFeedIsBeingPrepared()
{
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply({}, {}, 206); });
    m_feed->load();
    QTRY_COMPARE(m_feed->state(), FeedController::State::Preparing);
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(0, 3)); });
    QTRY_COMPARE_WITH_TIMEOUT(m_feed->model()->rowCount(), 3, 10'000);
}

void tst_FeedController::failsWithAMessageAndTriesAgain()
{
    answer([](const QUrlQuery &) -> Result<HttpReply> {
        return makeError(Fault::Unavailable, QStringLiteral("No way there."));
    });
    m_feed->load();
    QTRY_COMPARE(m_feed->state(), FeedController::State::Failed);
    QVERIFY(!m_feed->message().isEmpty());
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(0, 3)); });
    m_feed->retry();
    QTRY_COMPARE(m_feed->model()->rowCount(), 3);
    QVERIFY(m_feed->message().isEmpty());
}

void tst_FeedController::putsNewerOnesOnTop()
{
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(10, 20), "page=1"); });
    m_feed->load();
    QTRY_COMPARE(m_feed->model()->rowCount(), 20);
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(5, 20), "page=9"); });
    m_feed->refresh();
    QTRY_COMPARE(m_feed->model()->rowCount(), 25);
    QCOMPARE(m_feed->model()->at(0).id, apptest::status(5).id);
    // With a gap between, what is shown would miss some: it starts anew.
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(-100, 20), "page=1"); });
    m_feed->refresh();
    QTRY_COMPARE(m_feed->model()->at(0).id, apptest::status(-100).id);
    QCOMPARE(m_feed->model()->rowCount(), 20);
}

void tst_FeedController::showsALikeAtOnceAndTakesItBack()
{
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(7, 1)); });
    m_transport->onJson(api::Verb::Post, QStringLiteral("/api/v1/statuses/*"), R"({"error":"Not today"})", 403);
    m_feed->load();
    QTRY_COMPARE(m_feed->model()->rowCount(), 1);
    QSignalSpy failed(m_actions.get(), &StatusActions::failed);
    const StatusRow before = m_feed->model()->at(0);
    m_actions->setFavourited(before.id, true, before.favouritesCount);
    QVERIFY(m_feed->model()->at(0).favourited);
    QCOMPARE(m_feed->model()->at(0).favouritesCount, before.favouritesCount + 1);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!m_feed->model()->at(0).favourited);
    QCOMPARE(m_feed->model()->at(0).favouritesCount, before.favouritesCount);
}

void tst_FeedController::sendsOnlyTheLastWishForALike()
{
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(7, 1)); });
    QStringList sent;
    m_transport->on(api::Verb::Post, QStringLiteral("/api/v1/statuses/*"), [&sent](const HttpRequest &request) {
        sent += request.url.fileName();
        model::Status status = apptest::status(7);
        status.favourited = request.url.fileName() == u"favourite";
        status.favouritesCount = 50 + int(*status.favourited);
        return Result<HttpReply>(HttpReply { 200, { { "content-type", "application/json" } }, json::encode(status) });
    });
    m_feed->load();
    QTRY_COMPARE(m_feed->model()->rowCount(), 1);
    const QString id = m_feed->model()->at(0).id;
    for (const bool wish : { true, false, true, false }) {
        m_actions->setFavourited(id, wish, m_feed->model()->at(0).favouritesCount);
    }
    QTRY_COMPARE(m_feed->model()->at(0).favouritesCount, 50);
    QVERIFY(!m_feed->model()->at(0).favourited);
    QCOMPARE(sent, QStringList({ QStringLiteral("favourite"), QStringLiteral("unfavourite") }));
}

void tst_FeedController::showsWhatWasPosted()
{
    answer([](const QUrlQuery &) -> Result<HttpReply> { return pageReply(apptest::statuses(10, 2)); });
    m_feed->load();
    QTRY_COMPARE(m_feed->model()->rowCount(), 2);
    m_actions->announcePosted(apptest::status(1));
    QCOMPARE(m_feed->model()->at(0).id, apptest::status(1).id);
}

QTEST_MAIN(tst_FeedController)
#include "tst_feedcontroller.moc"
