// SPDX-License-Identifier: GPL-3.0-or-later
// This process's place among the servers of one database: a leased node number, without which it makes no ids.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/ports/instance.h>

#include <QObject>
#include <QTimer>

namespace graminsta::composition
{

// Lives on the main thread. Renews its lease while the event loop runs, and gives it back when it goes.
class NodeLease final : public QObject
{
    Q_OBJECT
public:
    // Fault::Unavailable if all numbers are taken or the database does not answer.
    [[nodiscard]] static Result<std::unique_ptr<NodeLease>> take(ports::InstanceStore &instance, const Clock &clock);
    ~NodeLease() override;

    [[nodiscard]] int node() const { return m_node; }

Q_SIGNALS:
    // Somebody else holds the number by now: this process must stop before it makes another id.
    void lost();

private:
    NodeLease(ports::InstanceStore &instance, const Clock &clock, QString holder, int node);
    void renew();

    ports::InstanceStore &m_instance;
    const Clock &m_clock;
    const QString m_holder;
    const int m_node;
    QTimer m_timer;
};

} // namespace graminsta::composition
