// SPDX-License-Identifier: GPL-3.0-or-later
// Fills a StatusListModel from a timeline: the first page, then older ones as they are wanted, and newer ones on top.
// GUI thread only.
//
//   Loading --> Ready <--> more under way
//      |
//      +-----> Preparing --(after a while)--> Loading     the server is still making the feed
//      +-----> Failed    --retry()----------> Loading
#pragma once

#include <desktop/feed/statuslistmodel.h>

#include <graminsta/client/cancellation.h>
#include <graminsta/client/page.h>
#include <graminsta/core/result.h>

#include <QCoroTask>
#include <QTimer>

#include <functional>

namespace graminsta
{

class StatusActions;

class FeedController final : public QObject
{
    Q_OBJECT
public:
    using Fetch =
        std::function<QCoro::Task<Result<client::Page<model::Status>>>(client::PageRequest, client::CancelToken)>;
    enum class State { Loading, Ready, Preparing, Failed };

    // Which of the statuses that the user posts meanwhile belong on top of this list.
    enum class Posted { Shown, NotShown };

    // `actions` must outlive the controller.
    FeedController(Fetch fetch, StatusActions &actions, Posted posted, QObject *parent = nullptr);

    [[nodiscard]] StatusListModel *model() { return &m_model; }
    [[nodiscard]] State state() const { return m_state; }
    // In Failed, or when more could not be loaded.
    [[nodiscard]] const QString &message() const { return m_message; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isAtEnd() const { return m_next.isEmpty(); }

    // From the first page; does nothing while something is under way.
    void load();
    // Newer ones on top; load() if there is nothing yet.
    void refresh();
    // Does nothing at the end, while something is under way, or after a failure until retry().
    void loadMore();
    void retry();

Q_SIGNALS:
    // Any of the properties above.
    void changed();

private:
    QCoro::Task<> fetchFirst();
    QCoro::Task<> fetchMore();
    void showFirst(const client::Page<model::Status> &page);
    void setState(State state, const QString &message = {});

    Fetch m_fetch;
    StatusListModel m_model;
    State m_state = State::Loading;
    QString m_message;
    QUrl m_next;
    bool m_busy = false;
    bool m_moreFailed = false;
    QTimer m_preparing;
    client::CancelSource m_cancel;
};

} // namespace graminsta
