// SPDX-License-Identifier: GPL-3.0-or-later
// Withdrawing a request. The owner keeps a CancelSource and hands out its tokens; a source that dies cancels. For one
// thread: the one that awaits.
#pragma once

#include <QObject>

#include <memory>

namespace graminsta::client
{

class CancelState : public QObject
{
    Q_OBJECT
public:
    void cancel();
    [[nodiscard]] bool isCancelled() const { return m_cancelled; }

Q_SIGNALS:
    void cancelled();

private:
    bool m_cancelled = false;
};

// A default token never cancels. A value; tokens may outlive their source.
class CancelToken
{
public:
    CancelToken() = default;
    explicit CancelToken(std::shared_ptr<CancelState> state)
        : m_state(std::move(state))
    {
    }
    [[nodiscard]] bool isCancelled() const { return m_state && m_state->isCancelled(); }

    // Calls `action` from the event loop, never from within cancel(): the owner that cancels in its destructor is gone
    // by then, so that a QPointer to it tells the truth. Not called after `context` has died.
    template<typename Action> void onCancel(QObject *context, Action action) const
    {
        if (m_state)
            QObject::connect(m_state.get(), &CancelState::cancelled, context, std::move(action), Qt::QueuedConnection);
    }

private:
    std::shared_ptr<CancelState> m_state;
};

class CancelSource
{
public:
    CancelSource();
    ~CancelSource();
    CancelSource(CancelSource &&) = default;
    // Cancels what the old state stood for.
    CancelSource &operator=(CancelSource &&other) noexcept;
    CancelSource(const CancelSource &) = delete;
    CancelSource &operator=(const CancelSource &) = delete;

    [[nodiscard]] CancelToken token() const { return CancelToken { m_state }; }
    void cancel();

private:
    std::shared_ptr<CancelState> m_state;
};

} // namespace graminsta::client
