// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the event loop until a coroutine has ended. QCoro::waitFor() wants a value that can be made from nothing, which
// a Result cannot.
#pragma once

#include <graminsta/core/result.h>

#include <QCoroTask>
#include <QEventLoop>
#include <QTimer>

#include <memory>
#include <optional>

namespace graminsta::rig
{

namespace awaiting
{

template<typename T> struct Outcome {
    std::optional<Result<T>> result;
    QEventLoop loop;
};

template<typename T> QCoro::Task<> note(QCoro::Task<Result<T>> task, std::shared_ptr<Outcome<T>> outcome)
{
    Result<T> result = co_await task;
    outcome->result.emplace(std::move(result));
    outcome->loop.quit();
}

} // namespace awaiting

// Fault::Internal with the code "never_ended" if it does not end within `patience`.
template<typename T>
Result<T> await(QCoro::Task<Result<T>> task, std::chrono::milliseconds patience = std::chrono::seconds { 20 })
{
    // Shared, since a task that ends too late still notes its outcome.
    const auto outcome = std::make_shared<awaiting::Outcome<T>>();
    awaiting::note(std::move(task), outcome);
    if (!outcome->result) {
        QTimer::singleShot(patience, &outcome->loop, &QEventLoop::quit);
        outcome->loop.exec();
    }
    if (!outcome->result)
        return makeCodedError(Fault::Internal, QStringLiteral("never_ended"), QStringLiteral("It never ended."));
    return std::move(*outcome->result);
}

} // namespace graminsta::rig
