// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/http/server.h>

#include "eventloop.h"
#include "transport/listensocket.h"

#include <QDir>

namespace graminsta::http
{

namespace
{

constexpr auto kDrainPoll = std::chrono::milliseconds(10);

std::shared_ptr<Gate> makeGate(const ServerLimits &limits, std::shared_ptr<Counters> counters,
                               std::shared_ptr<ConnectionBudget> budget)
{
    auto gate = std::make_shared<Gate>();
    gate->limits = limits;
    gate->headLimits = { limits.maxRequestLine, limits.maxHeaderBytes, limits.maxHeaderCount };
    gate->counters = std::move(counters);
    gate->budget = std::move(budget);
    return gate;
}

QString baseUrl(const ServerOptions &options, quint16 port)
{
    if (!options.publicUrl.isEmpty())
        return options.publicUrl;
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(options.address.toString());
    url.setPort(port);
    return url.toString();
}

} // namespace

class Server::Private
{
public:
    Private(ServerOptions serverOptions, ServerHooks hooks, HandlerTable handlers)
        : options(std::move(serverOptions))
        , pipeline(options, std::move(hooks), std::move(handlers), counters)
    {
    }

    const ServerOptions options;
    const std::shared_ptr<Counters> counters = std::make_shared<Counters>();
    Pipeline pipeline;
    std::unique_ptr<AccessLog> accessLog;
    std::vector<std::unique_ptr<EventLoop>> loops;
    quint16 port = 0;
};

Server::Server(ServerOptions options, ServerHooks hooks, HandlerTable handlers)
    : d(std::make_unique<Private>(std::move(options), std::move(hooks), std::move(handlers)))
{
}

Server::~Server()
{
    stop();
}

Result<> Server::start()
{
    GI_TRY(d->pipeline.check());
    if (!QDir().mkpath(d->options.stagingFolder))
        return makeError(Fault::Unavailable,
                         QStringLiteral("cannot make the staging folder %1").arg(d->options.stagingFolder));
    const ListenSockets sockets =
        GI_TRY(openListenSockets(d->options.address, d->options.port, qMax(1, d->options.loops)));
    d->port = sockets.port;
    d->pipeline.setBaseUrl(baseUrl(d->options, sockets.port));
    if (d->options.accessLog)
        d->accessLog = std::make_unique<AccessLog>(d->options.accessLogDescriptor);
    const ServerLimits &limits = d->options.limits;
    const auto budget = std::make_shared<ConnectionBudget>(limits.maxConnections, limits.maxConnectionsPerAddress,
                                                           d->options.trustedProxies);
    for (const int descriptor : sockets.descriptors)
        d->loops.push_back(std::make_unique<EventLoop>(makeGate(limits, d->counters, budget), descriptor, d->pipeline,
                                                       d->accessLog.get()));
    return {};
}

quint16 Server::port() const
{
    return d->port;
}

bool Server::isDraining() const
{
    return d->pipeline.isDraining();
}

ServerCounts Server::counts() const
{
    return d->counters->snapshot();
}

void Server::drain(std::chrono::milliseconds lameDuck, const Deadline &deadline)
{
    d->pipeline.beginDrain();
    for (const auto &loop : d->loops)
        loop->beginDrain();
    std::this_thread::sleep_for(std::min(lameDuck, deadline.remaining()));
    for (const auto &loop : d->loops)
        loop->stopListening();
    while (d->counters->busy > 0 && !deadline.expired())
        std::this_thread::sleep_for(std::min(kDrainPoll, deadline.remaining()));
}

void Server::stop()
{
    // Workers first: the loops still take their last answers.
    d->pipeline.stopWorkers();
    d->loops.clear();
    d->accessLog.reset();
}

} // namespace graminsta::http
