// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/cancellation.h>

namespace graminsta::client
{

void CancelState::cancel()
{
    if (std::exchange(m_cancelled, true))
        return;
    Q_EMIT cancelled();
}

CancelSource::CancelSource()
    : m_state(std::make_shared<CancelState>())
{
}

CancelSource::~CancelSource()
{
    cancel();
}

CancelSource &CancelSource::operator=(CancelSource &&other) noexcept
{
    if (this != &other) {
        cancel();
        m_state = std::move(other.m_state);
    }
    return *this;
}

void CancelSource::cancel()
{
    if (m_state)
        m_state->cancel();
}

} // namespace graminsta::client
