// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/statuses/
#pragma once

#include <graminsta/client/session.h>
#include <graminsta/model/entities.h>

#include <QStringList>

namespace graminsta::client
{

struct NewStatus {
    QString text;
    QStringList mediaIds;
    QString visibility = QStringLiteral("public");
    bool sensitive = false;
    QString spoilerText;
    QString inReplyToId;
    QString language;
    // The same key for each attempt at the same status, so that it is made once. Empty: one is made for this call.
    QByteArray idempotencyKey;
};

class Statuses
{
public:
    explicit Statuses(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    // Repeated after a lost connection, since the key makes that safe. Fault::Conflict: the server has had this key
    // and does not say what became of it (Pixelfed): look at the own statuses before sending again.
    [[nodiscard]] QCoro::Task<Result<model::Status>> create(NewStatus status, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Status>> show(QString id, CancelToken cancel = {}) const;
    // The status that was, with its `text`, for writing it anew.
    [[nodiscard]] QCoro::Task<Result<model::Status>> remove(QString id, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Context>> context(QString id, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Status>> favourite(QString id, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Status>> unfavourite(QString id, CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
