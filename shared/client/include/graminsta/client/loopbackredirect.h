// SPDX-License-Identifier: GPL-3.0-or-later
// Where the browser comes back to after the user has agreed: an HTTP listener on 127.0.0.1 for one answer (RFC 8252
// section 7.3). For the thread with the event loop.
#pragma once

#include <graminsta/client/cancellation.h>
#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QCoroTask>
#include <QObject>
#include <QTcpServer>

#include <memory>

class QTcpSocket;

namespace graminsta::client
{

class LoopbackRedirect : public QObject
{
    Q_OBJECT
public:
    // Listens at a free port. Fault::Unavailable if there is none.
    [[nodiscard]] static Result<std::unique_ptr<LoopbackRedirect>> listen();

    ~LoopbackRedirect() override;

    // "http://127.0.0.1:PORT/"
    [[nodiscard]] QString redirectUri() const;

    // The code that the browser brings, once, for `state`; requests with another state, or none, are turned away and
    // change nothing. Fails with Forbidden (the user said no), Timeout, Cancelled. Deleting this object while it
    // waits ends the wait with Cancelled.
    [[nodiscard]] QCoro::Task<Result<QString>> waitForCode(QByteArray state, Deadline deadline,
                                                           CancelToken cancel = {});

private:
    struct Wait;

    LoopbackRedirect() = default;
    static QCoro::Task<Result<QString>> waitOn(std::shared_ptr<Wait> wait, Deadline deadline, CancelToken cancel);
    void accept();
    void read(QTcpSocket *socket);
    [[nodiscard]] QByteArray answerTo(const QByteArray &target);

    QTcpServer m_server;
    std::shared_ptr<Wait> m_wait;
};

} // namespace graminsta::client
