// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader does with a status. Likes show at once and are taken back if the server refuses. GUI thread only.
#pragma once

#include <graminsta/client/client.h>

#include <QHash>
#include <QObject>

namespace graminsta
{

class StatusActions final : public QObject
{
    Q_OBJECT
public:
    explicit StatusActions(client::Client client);

    // What is shown now; the outcome comes as favouriteChanged(). While a request for the status is under way, only the
    // last wish is remembered, and sent after it.
    void setFavourited(const QString &id, bool favourited, qint64 shownCount);
    void remove(const QString &id);

    // For those who made or fetched a status: tells all lists.
    void announcePosted(const model::Status &status) { Q_EMIT posted(status); }
    void announceChanged(const model::Status &status) { Q_EMIT changed(status); }

Q_SIGNALS:
    void favouriteChanged(const QString &id, bool favourited, qint64 count);
    void changed(const graminsta::model::Status &status);
    void posted(const graminsta::model::Status &status);
    void removed(const QString &id);
    // For a person; what was done has been taken back.
    void failed(const QString &message);

private:
    struct Favourite {
        bool wanted = false; // what the reader asked for last
        bool confirmed = false; // what the server has
        qint64 confirmedCount = 0;
    };

    QCoro::Task<> sendFavourite(QString id);
    QCoro::Task<> sendRemove(QString id);

    client::Client m_client;
    client::CancelSource m_cancel;
    QHash<QString, Favourite> m_favourites; // under way
};

} // namespace graminsta
