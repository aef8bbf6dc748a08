// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/feedcontroller.h>

#include <desktop/core/statusactions.h>
#include <desktop/core/wording.h>

#include <QPointer>

namespace graminsta
{

namespace
{

constexpr std::chrono::seconds kPreparingPause { 5 };
// Pages that a filter has emptied are passed over, but not for ever.
constexpr int kMaxEmptyPages = 5;

} // namespace

FeedController::FeedController(Fetch fetch, StatusActions &actions, Posted posted, QObject *parent)
    : QObject(parent)
    , m_fetch(std::move(fetch))
{
    m_preparing.setSingleShot(true);
    m_preparing.setInterval(kPreparingPause);
    connect(&m_preparing, &QTimer::timeout, this, &FeedController::load);
    connect(&actions, &StatusActions::favouriteChanged, &m_model, &StatusListModel::setFavourited);
    connect(&actions, &StatusActions::changed, &m_model, &StatusListModel::update);
    connect(&actions, &StatusActions::removed, this, [this](const QString &id) {
        m_model.remove(id);
        Q_EMIT changed();
    });
    if (posted == Posted::Shown) {
        connect(&actions, &StatusActions::posted, this, [this](const model::Status &status) {
            if (m_state == State::Ready) {
                m_model.prepend({ status });
                Q_EMIT changed();
            }
        });
    }
}

void FeedController::load()
{
    if (!m_busy) {
        setState(State::Loading);
        fetchFirst();
    }
}

void FeedController::refresh()
{
    if (m_state != State::Ready) {
        load();
    } else if (!m_busy) {
        fetchFirst();
    }
}

void FeedController::loadMore()
{
    if (!m_busy && !m_moreFailed && m_state == State::Ready && !isAtEnd()) {
        fetchMore();
    }
}

void FeedController::retry()
{
    m_moreFailed = false;
    if (m_state == State::Ready) {
        loadMore();
    } else {
        load();
    }
}

void FeedController::setState(State state, const QString &message)
{
    m_state = state;
    m_message = message;
    Q_EMIT changed();
}

QCoro::Task<> FeedController::fetchFirst()
{
    const QPointer<FeedController> self(this);
    m_busy = true;
    Q_EMIT changed();
    const Result<client::Page<model::Status>> page = co_await m_fetch(client::PageRequest::first(), m_cancel.token());
    if (!self) {
        co_return;
    }
    m_busy = false;
    if (!page) {
        // A refresh that fails leaves what is shown.
        setState(m_model.isEmpty() ? State::Failed : State::Ready, messageOf(page.error()));
    } else if (page->preparing && page->items.isEmpty()) {
        setState(State::Preparing);
        m_preparing.start();
    } else {
        showFirst(*page);
    }
}

void FeedController::showFirst(const client::Page<model::Status> &page)
{
    // Where the newest page reaches down to what is shown, it goes on top. Otherwise there is a gap: start anew.
    const int added = m_model.prepend(page.items);
    if (added == page.items.size()) {
        m_model.clear();
        m_model.append(page.items);
        m_next = page.next;
    } else {
        for (const model::Status &status : page.items) {
            m_model.update(status);
        }
    }
    m_moreFailed = false;
    setState(State::Ready);
}

QCoro::Task<> FeedController::fetchMore()
{
    const QPointer<FeedController> self(this);
    m_busy = true;
    m_message.clear();
    Q_EMIT changed();
    for (int pages = 0; pages < kMaxEmptyPages; ++pages) {
        const Result<client::Page<model::Status>> page =
            co_await m_fetch(client::PageRequest::at(m_next), m_cancel.token());
        if (!self) {
            co_return;
        }
        if (!page) {
            m_moreFailed = true;
            m_message = messageOf(page.error());
            break;
        }
        const int added = m_model.append(page->items);
        // A page of nothing new means that the server leads in circles (old Pixelfed).
        m_next = added == 0 && !page->items.isEmpty() ? QUrl() : page->next;
        if (added > 0 || isAtEnd()) {
            break;
        }
    }
    m_busy = false;
    Q_EMIT changed();
}

} // namespace graminsta
