// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/events/localevents.h>

namespace graminsta::events
{

void LocalEvents::publish(const QList<ports::Event> &events)
{
    const std::lock_guard lock(m_mutex);
    for (ports::EventListener *listener : std::as_const(m_listeners))
        listener->happened(events);
}

void LocalEvents::add(ports::EventListener *listener)
{
    const std::lock_guard lock(m_mutex);
    m_listeners.append(listener);
}

void LocalEvents::remove(ports::EventListener *listener)
{
    const std::lock_guard lock(m_mutex);
    m_listeners.removeAll(listener);
}

} // namespace graminsta::events
