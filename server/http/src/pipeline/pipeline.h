// SPDX-License-Identifier: GPL-3.0-or-later
// What every request goes through, as two ordered lists of steps with the reason for each one's place (pipeline.cpp).
// Shared by all threads; constant after construction, but for what is atomic.
#pragma once

#include "pipeline/exchange.h"
#include "pipeline/throttle.h"
#include "pipeline/workerpool.h"
#include "routing/router.h"

#include <atomic>

namespace graminsta::http
{

class Pipeline
{
public:
    Pipeline(const ServerOptions &options, ServerHooks hooks, HandlerTable handlers,
             std::shared_ptr<Counters> counters);

    // Fault::Internal naming the endpoints without a handler and the handlers without an endpoint.
    [[nodiscard]] Result<> check() const;

    // On the event loop, when the head is there and the body is not: sets `answer` where the request ends here.
    void admit(Exchange &exchange) const;
    // On the thread of the endpoint's lane, when the body is there: always sets `answer`. Lets no exception out. Where
    // the body is streamed, twice: before it, which sets `answer` or `sink`, and when it has gone to the sink.
    void handle(Exchange &exchange) const;
    // What every answer carries, whoever made it.
    void finish(Exchange &exchange) const;

    [[nodiscard]] bool runsInline(const Exchange &exchange) const;
    // Empty where it is answered at once with 503.
    [[nodiscard]] bool enqueue(const Exchange &exchange, std::function<void()> job);
    [[nodiscard]] Response shed(const Exchange &exchange) const;
    // The answer to an error; logs what the client is not told, and counts it.
    [[nodiscard]] Response answerTo(const Error &error, const Exchange &exchange) const;
    void stopWorkers();

    // Before the first request: contexts carry it from then on.
    void setBaseUrl(const QString &baseUrl) { m_baseUrl = baseUrl; }
    [[nodiscard]] const ServerOptions &options() const { return m_options; }
    [[nodiscard]] Counters &counters() const { return *m_counters; }
    void beginDrain() { m_draining = true; }
    [[nodiscard]] bool isDraining() const { return m_draining; }

    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

private:
    using Step = std::optional<Response> (Pipeline::*)(Exchange &) const;
    static const Step kAdmission[];
    static const Step kHandling[];

    [[nodiscard]] std::optional<Response> identify(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> route(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> answerWhileDraining(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> countRequest(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> refuseUnsignedUpload(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> prepareBody(Exchange &exchange) const;

    [[nodiscard]] std::optional<Response> checkDeadline(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> readParameters(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> authenticate(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> countAccount(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> authorise(Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> callHandler(Exchange &exchange) const;

    void runSteps(Exchange &exchange) const;
    void finishBody(Exchange &exchange) const;
    [[nodiscard]] Response noRoom(const Error &error, const Exchange &exchange) const;
    [[nodiscard]] std::optional<Response> note(Exchange &exchange, const std::optional<RateState> &rate) const;
    [[nodiscard]] qint64 bodyLimit(const api::Endpoint &endpoint) const;

    const ServerOptions m_options;
    const ServerHooks m_hooks;
    const HandlerTable m_handlers;
    const Router m_router;
    const std::shared_ptr<Counters> m_counters;
    const std::shared_ptr<BodyBudget> m_bodies;
    mutable Throttle m_throttle;
    const QByteArray m_idPrefix;
    QString m_baseUrl;
    mutable std::atomic<quint64> m_lastId { 0 };
    std::atomic<bool> m_draining { false };
    WorkerPool m_workers;
    WorkerPool m_mediaWorkers;
};

} // namespace graminsta::http
