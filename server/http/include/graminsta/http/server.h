// SPDX-License-Identifier: GPL-3.0-or-later
// The HTTP server: sockets, limits, router, pipeline and worker pools around a table of handlers.
#pragma once

#include <graminsta/api/endpoint.h>
#include <graminsta/core/result.h>
#include <graminsta/http/requestcontext.h>

#include <QHostAddress>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <span>

namespace graminsta::http
{

struct ServerLimits {
    int maxRequestLine = 8 * 1024;
    int maxHeaderBytes = 32 * 1024;
    int maxHeaderCount = 100;
    qint64 maxFormBytes = 1 << 20;
    qint64 maxProfileBytes = 12 << 20;
    qint64 maxUploadBytes = 26 << 20;
    qint64 maxArchiveBytes = qint64 { 4 } << 30;
    std::chrono::milliseconds headerTime { 10'000 }; // from connection or first byte to the end of the headers
    std::chrono::milliseconds bodyIdleTime { 15'000 }; // between two pieces of a body
    std::chrono::milliseconds keepAliveTime { 75'000 };
    std::chrono::milliseconds writeStallTime { 30'000 }; // a client that does not read
    std::chrono::milliseconds requestTime { 10'000 }; // the deadline of a request's context
    std::chrono::milliseconds mediaRequestTime { 60'000 };
    int maxConnections = 10'000;
    int maxConnectionsPerAddress = 0; // 0: no limit; trusted proxies have none
    std::chrono::milliseconds streamHeartbeat { 30'000 }; // a stream whose client is silent for three of them is cut
    int maxStreamMessage = 4 * 1024; // what a client may say in one message
    qint64 maxStreamUnsent = 256 * 1024; // what a client may leave unread, besides what the kernel holds
    int maxSpooling = 64; // uploads on their way to disk at one time; above: 503 with Retry-After
    qint64 maxBufferedBytes = 64 << 20; // of all bodies that are held in memory; above: 503 with Retry-After
};

// So many requests in each window; 0: as many as one likes. Windows begin at multiples of their length, and the answers
// say when (X-RateLimit-Reset), as Mastodon's.
struct RateLimit {
    int requests = 0;
    std::chrono::seconds window { 300 };
};

// Of one token, one account (with all its tokens) or one address (IPv6: one /64 network) at this process.
struct RateLimits {
    RateLimit token;
    RateLimit account;
    RateLimit address; // without a token, or with a wrong one
    RateLimit uploads; // by token
    RateLimit deletions; // by token
    RateLimit signUps; // by address
    RateLimit signIns; // by address
};

// Whether endpoints with api::Access::Optional answer without an account.
enum class Guests { Welcome, Refused };

struct ServerOptions {
    // What is served; must outlive the server.
    std::span<const api::Endpoint> endpoints = api::endpoints();
    QHostAddress address { QHostAddress::LocalHost };
    quint16 port = 0; // 0: a free one
    int loops = 1; // event-loop threads
    int workers = 4;
    int mediaWorkers = 1;
    int maxQueued = 256; // waiting for a worker; above: 503 with Retry-After
    int maxQueuedMedia = 32;
    ServerLimits limits;
    RateLimits rates;
    Guests guests = Guests::Welcome;
    QList<QPair<QHostAddress, int>> trustedProxies; // subnets whose X-Forwarded-For is believed
    QString stagingFolder; // where uploads are spooled
    QString publicUrl; // RequestContext::baseUrl; empty: made from the address and port that were bound
    bool accessLog = true; // and as long as the logging category "graminsta.access" is enabled
    int accessLogDescriptor = 2; // stays the caller's
};

struct ServerHooks {
    // Who a bearer token stands for; Fault::Unauthorized if it is not valid. Called on a worker.
    std::function<Result<entities::Viewer>(const QByteArray &token, const Deadline &)> authenticate;
    // How many queries the calling thread has sent so far; the access log says how many each request took. May be
    // empty.
    std::function<qint64()> queries;
    // Called on each worker thread before it ends: adapters close what they keep per thread.
    std::function<void()> workerEnds;
};

// What has been counted since start(); `open`, `busy` and `streams` are now.
struct ServerCounts {
    qint64 accepted = 0; // connections
    qint64 refused = 0; // connections over a limit
    qint64 open = 0;
    qint64 requests = 0;
    qint64 bad = 0; // not understood as HTTP
    qint64 tooLarge = 0; // bodies over their limit
    qint64 timeouts = 0; // clients that were too slow
    qint64 shed = 0; // answered 503 because a queue was full
    qint64 throttled = 0; // answered 429
    qint64 abandoned = 0; // clients that hung up during a request
    qint64 busy = 0; // connections with a request in progress
    qint64 streams = 0; // connections that have become streams
    qint64 cutStreams = 0; // of clients that were too slow, or gone without a word
};

// Serves its endpoints. /healthz and /health are its own, unless the table has a handler for them. Thread-safe.
class Server
{
public:
    Server(ServerOptions options, ServerHooks hooks, HandlerTable handlers);
    ~Server(); // as stop() with no time to drain

    // Binds and begins to serve. Fault::Unavailable naming address and port if it cannot; Fault::Internal naming the
    // endpoints without a handler and the handlers without an endpoint.
    [[nodiscard]] Result<> start();
    // After start(): the port that was bound.
    [[nodiscard]] quint16 port() const;

    // From now on /healthz answers 404 (which balancers read as "no new work") and each answer ends its connection;
    // after `lameDuck` no new connections are taken, idle ones close and streams end. Returns when every request has
    // been answered, or at the deadline. Blocks.
    void drain(std::chrono::milliseconds lameDuck, const Deadline &deadline);
    // Ends all at once and joins the threads: handlers that run are waited for, those that wait never run.
    void stop();

    [[nodiscard]] bool isDraining() const;
    [[nodiscard]] ServerCounts counts() const;

    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace graminsta::http
