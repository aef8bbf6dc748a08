// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/nodelease.h>

#include <graminsta/core/logging.h>
#include <graminsta/core/secrets.h>

namespace graminsta::composition
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.node")

constexpr std::chrono::seconds kLease { 120 };
constexpr std::chrono::seconds kRenewEvery { 30 };
constexpr std::chrono::seconds kCallTime { 10 };

} // namespace

Result<std::unique_ptr<NodeLease>> NodeLease::take(ports::InstanceStore &instance, const Clock &clock)
{
    const QString holder = QString::fromLatin1(randomToken(12));
    const Timestamp now = clock.now();
    const int node = GI_TRY(instance.leaseNode(holder, now, now + kLease, Deadline::after(kCallTime)));
    return std::unique_ptr<NodeLease>(new NodeLease(instance, clock, holder, node));
}

NodeLease::NodeLease(ports::InstanceStore &instance, const Clock &clock, QString holder, int node)
    : m_instance(instance)
    , m_clock(clock)
    , m_holder(std::move(holder))
    , m_node(node)
{
    connect(&m_timer, &QTimer::timeout, this, &NodeLease::renew);
    m_timer.start(kRenewEvery);
}

NodeLease::~NodeLease()
{
    if (const Result<> released = m_instance.releaseNode(m_node, m_holder, Deadline::after(kCallTime)); !released)
        qCWarning(log).noquote() << "The node number was not given back; its lease ends by itself:"
                                 << describe(released.error());
}

void NodeLease::renew()
{
    const Result<> renewed = m_instance.renewNode(m_node, m_holder, m_clock.now() + kLease, Deadline::after(kCallTime));
    if (renewed)
        return;
    qCWarning(log).noquote() << "The lease of the node number was not renewed:" << describe(renewed.error());
    if (renewed.error().fault == Fault::Conflict)
        Q_EMIT lost();
}

} // namespace graminsta::composition
