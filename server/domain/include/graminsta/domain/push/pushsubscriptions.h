// SPDX-License-Identifier: GPL-3.0-or-later
// A client's subscription to Web Push: one a token. Thread-safe.
#pragma once

#include <graminsta/core/idgenerator.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/push.h>

namespace graminsta::domain
{

// What a client asks to be told of.
struct PushWishes {
    QStringList alerts;
    entities::PushPolicy policy = entities::PushPolicy::All;
};

struct PushRequest {
    QString endpoint;
    QByteArray publicKey;
    QByteArray authSecret;
    bool standard = false;
    PushWishes wishes;
};

class PushSubscriptions
{
public:
    PushSubscriptions(ports::PushStore &store, const ports::PushService &service, IdGenerator &ids, const Clock &clock);

    // Fault::NotFound if the viewer's token has none.
    [[nodiscard]] Result<entities::PushSubscription> show(const entities::Viewer &viewer,
                                                          const Deadline &deadline) const;
    // In place of an earlier one. Fault::Unprocessable if nothing can be sent there.
    [[nodiscard]] Result<entities::PushSubscription> create(const entities::Viewer &viewer, const PushRequest &request,
                                                            const Deadline &deadline) const;
    // Fault::NotFound if there is none.
    [[nodiscard]] Result<entities::PushSubscription> update(const entities::Viewer &viewer, const PushWishes &wishes,
                                                            const Deadline &deadline) const;
    // Success also if there is none.
    [[nodiscard]] Result<> remove(const entities::Viewer &viewer, const Deadline &deadline) const;

    // By which clients know this server.
    [[nodiscard]] const QString &serverKey() const { return m_service.publicKey(); }

private:
    ports::PushStore &m_store;
    const ports::PushService &m_service;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
