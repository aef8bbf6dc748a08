// SPDX-License-Identifier: GPL-3.0-or-later
// Events within one process: right for a place with one server.
#pragma once

#include <graminsta/ports/events.h>

#include <mutex>

namespace graminsta::events
{

class LocalEvents final : public ports::EventPublisher, public ports::EventSource
{
public:
    void publish(const QList<ports::Event> &events) override;
    void add(ports::EventListener *listener) override;
    void remove(ports::EventListener *listener) override;

private:
    std::mutex m_mutex;
    QList<ports::EventListener *> m_listeners; // protected by m_mutex
};

} // namespace graminsta::events
