// SPDX-License-Identifier: GPL-3.0-or-later
// The job that pushes a notification (ports/push.h): to each client that has subscribed, and again where that may help,
// for as long as it is news. Whether it may still be shown is asked anew before each attempt. A client is pushed to at
// least once; twice only if the process dies between the answer of its push service and the end of the job.
// Thread-safe.
#pragma once

#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/push/pushnews.h>
#include <graminsta/entities/job.h>
#include <graminsta/ports/unitofwork.h>

#include <chrono>

namespace graminsta::handlers
{

class PushDelivery
{
public:
    // All must outlive it. `baseUrl` is for pictures.
    PushDelivery(const domain::GatherPushNews &news, ports::PushStore &store, const ports::PushService &service,
                 ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock, QString baseUrl);

    // Delivers to the one subscription that the job is for. A job for all of an account makes one for each, so that
    // none waits for another's service. Nothing when it is over: delivered, refused, or no longer news; else after how
    // long to try again.
    [[nodiscard]] Result<std::optional<std::chrono::seconds>> run(const entities::Job &job,
                                                                  const Deadline &deadline) const;

private:
    using News = domain::PushNews;

    [[nodiscard]] Result<> share(const entities::Job &job, const News &news, const Deadline &deadline) const;
    [[nodiscard]] Result<std::optional<std::chrono::seconds>> deliver(const entities::Job &job,
                                                                      const entities::PushSubscription &to,
                                                                      const News &news, const Deadline &deadline) const;

    const domain::GatherPushNews &m_news;
    ports::PushStore &m_store;
    const ports::PushService &m_service;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
    const QString m_baseUrl;
};

} // namespace graminsta::handlers
