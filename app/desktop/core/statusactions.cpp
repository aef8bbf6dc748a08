// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/statusactions.h>

#include <desktop/core/wording.h>

#include <QPointer>

namespace graminsta
{

StatusActions::StatusActions(client::Client client)
    : m_client(std::move(client))
{
}

void StatusActions::setFavourited(const QString &id, bool favourited, qint64 shownCount)
{
    const qint64 count = std::max<qint64>(0, shownCount + (favourited ? 1 : -1));
    const auto underWay = m_favourites.find(id);
    if (underWay != m_favourites.end()) {
        underWay->wanted = favourited;
    } else {
        m_favourites.insert(id, { favourited, !favourited, shownCount });
        sendFavourite(id);
    }
    Q_EMIT favouriteChanged(id, favourited, count);
}

QCoro::Task<> StatusActions::sendFavourite(QString id)
{
    const QPointer<StatusActions> self(this);
    for (;;) {
        const bool wanted = m_favourites[id].wanted;
        const client::Statuses statuses = m_client.statuses();
        QCoro::Task<Result<model::Status>> request =
            wanted ? statuses.favourite(id, m_cancel.token()) : statuses.unfavourite(id, m_cancel.token());
        const Result<model::Status> answer = co_await request;
        if (!self) {
            co_return;
        }
        const Favourite now = m_favourites.value(id);
        if (!answer) {
            m_favourites.remove(id);
            Q_EMIT favouriteChanged(id, now.confirmed, now.confirmedCount);
            Q_EMIT failed(messageOf(answer.error()));
            co_return;
        }
        if (now.wanted == wanted) {
            m_favourites.remove(id);
            Q_EMIT favouriteChanged(id, answer->favourited.value_or(wanted), answer->favouritesCount);
            co_return;
        }
        m_favourites[id] = { now.wanted, wanted, answer->favouritesCount };
    }
}

void StatusActions::remove(const QString &id)
{
    sendRemove(id);
}

QCoro::Task<> StatusActions::sendRemove(QString id)
{
    const QPointer<StatusActions> self(this);
    const Result<model::Status> answer = co_await m_client.statuses().remove(id, m_cancel.token());
    if (!self) {
        co_return;
    }
    // What is not there any more is as good as removed.
    if (answer || answer.error().fault == Fault::NotFound || answer.error().fault == Fault::Gone) {
        Q_EMIT removed(id);
    } else {
        Q_EMIT failed(messageOf(answer.error()));
    }
}

} // namespace graminsta
