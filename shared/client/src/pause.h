// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting in a coroutine. Internal to the library.
#pragma once

#include <graminsta/client/cancellation.h>
#include <graminsta/core/result.h>

#include <QCoroTask>

#include <chrono>
#include <functional>
#include <utility>

namespace graminsta::client
{

// What a coroutine awaits: wakes it once, from the event loop, however often it is told to. A second signal would be
// delivered to an awaiter that has gone.
class Wakeup : public QObject
{
    Q_OBJECT
public:
    void wake()
    {
        if (!std::exchange(m_told, true))
            Q_EMIT woken();
    }

Q_SIGNALS:
    void woken();

private:
    bool m_told = false;
};

// Fault::Cancelled as soon as the token is.
[[nodiscard]] QCoro::Task<Result<>> pause(std::chrono::milliseconds duration, CancelToken cancel);

[[nodiscard]] Error cancelledError();

} // namespace graminsta::client
