// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/push/pushsubscriptions.h>

namespace graminsta::domain
{

using entities::PushSubscription;
using entities::PushSubscriptionId;
using entities::Viewer;

PushSubscriptions::PushSubscriptions(ports::PushStore &store, const ports::PushService &service, IdGenerator &ids,
                                     const Clock &clock)
    : m_store(store)
    , m_service(service)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<PushSubscription> PushSubscriptions::show(const Viewer &viewer, const Deadline &deadline) const
{
    return m_store.byToken(viewer.token, deadline);
}

Result<PushSubscription> PushSubscriptions::create(const Viewer &viewer, const PushRequest &request,
                                                   const Deadline &deadline) const
{
    PushSubscription subscription { m_ids.next<PushSubscriptionId>(),
                                    viewer.token,
                                    viewer.account,
                                    request.endpoint,
                                    request.publicKey,
                                    request.authSecret,
                                    request.standard,
                                    request.wishes.alerts,
                                    request.wishes.policy,
                                    m_clock.now() };
    GI_TRY(m_service.check(subscription));
    GI_TRY(m_store.put(subscription, deadline));
    return subscription;
}

Result<PushSubscription> PushSubscriptions::update(const Viewer &viewer, const PushWishes &wishes,
                                                   const Deadline &deadline) const
{
    PushSubscription subscription = GI_TRY(m_store.byToken(viewer.token, deadline));
    subscription.alerts = wishes.alerts;
    subscription.policy = wishes.policy;
    GI_TRY(m_store.put(subscription, deadline));
    return subscription;
}

Result<> PushSubscriptions::remove(const Viewer &viewer, const Deadline &deadline) const
{
    return m_store.removeOfToken(viewer.token, deadline);
}

} // namespace graminsta::domain
