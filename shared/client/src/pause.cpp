// SPDX-License-Identifier: GPL-3.0-or-later
#include "pause.h"

#include <QCoroSignal>
#include <QTimer>

namespace graminsta::client
{

QCoro::Task<Result<>> pause(std::chrono::milliseconds duration, CancelToken cancel)
{
    if (cancel.isCancelled())
        co_return cancelledError();
    // Deleted by the event loop, since it is its own signal that ends this coroutine.
    auto *const wakeup = new Wakeup;
    QTimer::singleShot(duration, wakeup, [wakeup] { wakeup->wake(); });
    cancel.onCancel(wakeup, [wakeup] { wakeup->wake(); });
    co_await qCoro(wakeup, &Wakeup::woken);
    wakeup->deleteLater();
    if (cancel.isCancelled())
        co_return cancelledError();
    co_return Result<> {};
}

Error cancelledError()
{
    return makeError(Fault::Cancelled, QStringLiteral("Cancelled."));
}

} // namespace graminsta::client
