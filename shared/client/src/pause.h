// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting in a coroutine. Internal to the library.
#pragma once

#include <graminsta/client/cancellation.h>
#include <graminsta/core/result.h>

#include <QCoroTask>

#include <chrono>
#include <functional>

namespace graminsta::client
{

// What a coroutine awaits: wakes it once, from the event loop.
class Wakeup : public QObject
{
    Q_OBJECT
public:
    void wake() { Q_EMIT woken(); }

Q_SIGNALS:
    void woken();
};

// Fault::Cancelled as soon as the token is.
[[nodiscard]] QCoro::Task<Result<>> pause(std::chrono::milliseconds duration, CancelToken cancel);

[[nodiscard]] Error cancelledError();

} // namespace graminsta::client
