// SPDX-License-Identifier: GPL-3.0-or-later
// One request on the network until its end, whatever that is. Internal to the library.
//
//   under way --finished, idle, deadline, cancelled, too large--> ended --(event loop)--> done()
#pragma once

#include <graminsta/client/transport.h>

#include <QNetworkReply>
#include <QTimer>

#include <optional>

namespace graminsta::client
{

class PendingReply : public QObject
{
    Q_OBJECT
public:
    // Takes the reply. `body` is what the reply is reading from; it lives as long as the reply.
    PendingReply(QNetworkReply *reply, std::unique_ptr<QIODevice> body, HttpRequest request);
    ~PendingReply() override;

    // After done(), once.
    [[nodiscard]] Result<HttpReply> take();

Q_SIGNALS:
    // Once, from the event loop, with nothing of the network on the stack.
    void done();

private:
    void readMore();
    // What has come since, into memory or the sink.
    [[nodiscard]] Result<> takeIn();
    void reportProgress(qint64 sent, qint64 total);
    void end(std::optional<Error> error);
    [[nodiscard]] Result<HttpReply> outcome();

    HttpRequest m_request;
    std::unique_ptr<QIODevice> m_body;
    std::unique_ptr<QNetworkReply> m_reply; // after m_body: it goes first
    QTimer m_idle;
    QTimer m_deadline;
    QByteArray m_received;
    std::optional<Error> m_error;
    bool m_ended = false;
};

} // namespace graminsta::client
