// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/pipeline.h"

#include "parameters/parameterreader.h"
#include "pipeline/clientaddress.h"
#include "pipeline/cors.h"
#include "pipeline/credentials.h"
#include "pipeline/faultresponse.h"
#include "pipeline/health.h"

#include <graminsta/api/tus.h>
#include <graminsta/core/logging.h>
#include <graminsta/core/secrets.h>

#include <QLoggingCategory>

#include <exception>

namespace graminsta::http
{

namespace
{

Q_LOGGING_CATEGORY(lcHttp, "graminsta.http")

// A multipart body is its file and a little more.
constexpr qint64 kMultipartOverhead = 64 * 1024;
// A small body that nobody wants is read and dropped, so that the connection can go on.
constexpr qint64 kMaxIgnoredBody = 64 * 1024;
constexpr qsizetype kMaxForeignId = 64;

bool isSaneId(QByteArrayView id)
{
    for (const char c : id) {
        const bool letterOrDigit = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!letterOrDigit && c != '-' && c != '_' && c != '.')
            return false;
    }
    return !id.isEmpty() && id.size() <= kMaxForeignId;
}

Timestamp now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

bool takesFiles(const api::Endpoint &endpoint)
{
    return endpoint.body == api::BodyClass::Upload || endpoint.body == api::BodyClass::Profile
        || endpoint.body == api::BodyClass::Archive;
}

// What the request means: tus lets clients say so in a header, where a proxy knows only GET and POST.
QByteArray methodOf(const RequestHead &head)
{
    const QByteArray meant = api::tus::isTusPath(head.path()) && head.method == "POST"
        ? head.header("x-http-method-override").toUpper()
        : QByteArray();
    return meant.isEmpty() ? head.method : meant;
}

// Of a browser, before a request to another origin (Fetch standard).
bool isPreflight(const RequestHead &head)
{
    return !head.header("access-control-request-method").isEmpty();
}

} // namespace

const Pipeline::Step Pipeline::kAdmission[] = {
    &Pipeline::identify, // first, so that even a refusal has an id, and the log a client
    &Pipeline::route, // before anything that depends on the endpoint; ends 404, 405 and preflights without a body
    &Pipeline::answerWhileDraining, // after routing: only the health check says that we are leaving
    &Pipeline::countRequest, // before the body: whoever comes too often brings nothing in
    &Pipeline::refuseUnsignedUpload, // before the body: nobody fills our disk without a token
    &Pipeline::prepareBody, // last: from here on memory or disk is taken, within the endpoint's limit
};

const Pipeline::Step Pipeline::kHandling[] = {
    &Pipeline::checkDeadline, // first: whoever waited too long for a worker has given up, and others wait
    &Pipeline::readParameters, // before authentication: a token may be one of them
    &Pipeline::authenticate, // before any decision about who may what
    &Pipeline::countAccount, // once it is known, and before any work is done for it
    &Pipeline::authorise, // before the handler, which so never sees a viewer that it must not serve
    &Pipeline::callHandler,
};

Pipeline::Pipeline(const ServerOptions &options, ServerHooks hooks, HandlerTable handlers,
                   std::shared_ptr<Counters> counters)
    : m_options(options)
    , m_hooks(std::move(hooks))
    , m_handlers(withHealthHandlers(std::move(handlers)))
    , m_router(options.endpoints)
    , m_counters(std::move(counters))
    , m_bodies(std::make_shared<BodyBudget>())
    , m_throttle(options.rates)
    , m_idPrefix(randomToken(6) + '-')
    , m_workers(options.workers, options.maxQueued, m_hooks.workerEnds)
    , m_mediaWorkers(options.mediaWorkers, options.maxQueuedMedia, m_hooks.workerEnds)
{
    m_bodies->maxBuffered = options.limits.maxBufferedBytes;
    m_bodies->maxSpooling = options.limits.maxSpooling;
}

Result<> Pipeline::check() const
{
    QStringList missing;
    QSet<QByteArray> known;
    for (const api::Endpoint &endpoint : m_options.endpoints) {
        known.insert(endpoint.name);
        if (!m_handlers.contains(endpoint.name))
            missing.append(QLatin1String(endpoint.name));
    }
    QStringList unknown;
    for (auto handler = m_handlers.keyBegin(); handler != m_handlers.keyEnd(); ++handler) {
        if (!known.contains(*handler))
            unknown.append(QString::fromLatin1(*handler));
    }
    if (missing.isEmpty() && unknown.isEmpty())
        return {};
    return makeError(Fault::Internal,
                     QStringLiteral("endpoints without a handler: [%1]; handlers without an endpoint: [%2]")
                         .arg(missing.join(QLatin1String(", ")), unknown.join(QLatin1String(", "))));
}

Response Pipeline::answerTo(const Error &error, const Exchange &exchange) const
{
    if (error.fault == Fault::TooLarge)
        count(m_counters->tooLarge);
    if (error.fault == Fault::Internal || !error.detail.isEmpty())
        qCWarning(lcHttp).noquote() << exchange.context.requestId << describe(error);
    return faultResponse(error, errorStyle(exchange.head.path()), exchange.context.requestId);
}

// --- Admission -----------------------------------------------------------------------------------------------------

void Pipeline::admit(Exchange &exchange) const
{
    for (const Step step : kAdmission) {
        exchange.answer = (this->*step)(exchange);
        if (exchange.answer)
            return;
    }
}

std::optional<Response> Pipeline::identify(Exchange &exchange) const
{
    const QHostAddress &peer = exchange.connection->peer();
    exchange.context.clientAddress = peer;
    exchange.client = exchange.connection->peerText();
    if (!m_options.trustedProxies.isEmpty() && isIn(peer, m_options.trustedProxies)) {
        QByteArray forwarded;
        for (const auto &[name, value] : exchange.head.headers) {
            if (name == "x-forwarded-for")
                forwarded += (forwarded.isEmpty() ? QByteArray() : QByteArray(",")) + value;
            else if (name == "x-request-id" && isSaneId(value))
                exchange.requestId = value;
        }
        exchange.context.clientAddress = clientAddress(peer, forwarded, m_options.trustedProxies);
        exchange.client = exchange.context.clientAddress.toString().toLatin1();
    }
    if (exchange.requestId.isEmpty())
        exchange.requestId = m_idPrefix + QByteArray::number(m_lastId.fetch_add(1, std::memory_order_relaxed) + 1, 36);
    exchange.context.requestId = QString::fromLatin1(exchange.requestId);
    exchange.context.baseUrl = m_baseUrl;
    return std::nullopt;
}

std::optional<Response> Pipeline::route(Exchange &exchange) const
{
    const ErrorStyle style = errorStyle(exchange.head.path());
    Route route = m_router.find(methodOf(exchange.head), exchange.head.path());
    exchange.allow = route.allow;
    if (route.outcome == RouteOutcome::BadPath)
        return statusResponse(400, QStringLiteral("The path is not valid UTF-8 text"), style);
    const bool isKnown = route.outcome != RouteOutcome::NoSuchPath || exchange.head.target == "*";
    if (exchange.head.method == "OPTIONS" && isKnown && (!route.endpoint || isPreflight(exchange.head)))
        return preflightResponse(exchange.head, route.allow);
    if (route.outcome == RouteOutcome::NoSuchPath)
        return statusResponse(404, QStringLiteral("Record not found"), style);
    if (route.outcome == RouteOutcome::NoSuchVerb)
        return statusResponse(405, QStringLiteral("This method is not allowed here"), style)
            .withHeader("Allow", route.allow);
    exchange.context.endpoint = route.endpoint;
    exchange.context.pathParameters = std::move(route.parameters);
    exchange.handler =
        &*m_handlers.constFind(QByteArray::fromRawData(route.endpoint->name, qstrlen(route.endpoint->name)));
    return std::nullopt;
}

std::optional<Response> Pipeline::answerWhileDraining(Exchange &exchange) const
{
    if (m_draining && isLivenessCheck(*exchange.context.endpoint))
        return statusResponse(404, QStringLiteral("This server is shutting down"), ErrorStyle::Json);
    return std::nullopt;
}

std::optional<Response> Pipeline::countRequest(Exchange &exchange) const
{
    return note(
        exchange,
        m_throttle.beforeBody(exchange.context.endpoint->budget, exchange.head, exchange.context.clientAddress, now()));
}

// Remembers what is left for the answer's headers, and answers where nothing is.
std::optional<Response> Pipeline::note(Exchange &exchange, const std::optional<RateState> &rate) const
{
    exchange.rate = tighter(exchange.rate, rate);
    if (!rate || !rate->exceeded)
        return std::nullopt;
    count(m_counters->throttled);
    return statusResponse(429, QStringLiteral("Too many requests; try again after %1").arg(QLatin1String(rate->reset)),
                          errorStyle(exchange.head.path()))
        .withHeader("Retry-After", QByteArray::number(rate->secondsLeft));
}

std::optional<Response> Pipeline::refuseUnsignedUpload(Exchange &exchange) const
{
    const api::Endpoint &endpoint = *exchange.context.endpoint;
    const bool needsToken = endpoint.access == api::Access::User || endpoint.access == api::Access::Application;
    if (!takesFiles(endpoint) || !needsToken || exchange.head.contentLength == 0 || mayHoldToken(exchange.head))
        return std::nullopt;
    return answerTo(invalidToken(), exchange);
}

qint64 Pipeline::bodyLimit(const api::Endpoint &endpoint) const
{
    switch (endpoint.body) {
    case api::BodyClass::None:
        return kMaxIgnoredBody;
    case api::BodyClass::Form:
        return m_options.limits.maxFormBytes;
    case api::BodyClass::Profile:
        return m_options.limits.maxProfileBytes;
    case api::BodyClass::Upload:
    case api::BodyClass::Stream:
        return m_options.limits.maxUploadBytes;
    case api::BodyClass::Archive:
        return m_options.limits.maxArchiveBytes;
    }
    return 0;
}

std::optional<Response> Pipeline::prepareBody(Exchange &exchange) const
{
    const qint64 announced = exchange.head.contentLength;
    const api::Endpoint &endpoint = *exchange.context.endpoint;
    if (announced == 0)
        return std::nullopt;
    const qint64 limit = bodyLimit(endpoint);
    const qint64 allowed = takesFiles(endpoint) ? limit + kMultipartOverhead : limit;
    if (announced > allowed)
        return answerTo(tooLargeError(announced, limit), exchange);
    if (endpoint.body == api::BodyClass::None)
        return std::nullopt;
    if (endpoint.body == api::BodyClass::Stream) {
        Result<std::shared_ptr<void>> place = spoolingPlace(m_bodies);
        if (!place)
            return noRoom(place.error(), exchange);
        exchange.place = *std::move(place);
        return std::nullopt;
    }
    BodyRules rules;
    rules.maxMemory = qMin(m_options.limits.maxFormBytes, limit);
    rules.maxFile = takesFiles(endpoint) ? limit : 0;
    rules.announced = announced;
    rules.stagingFolder = m_options.stagingFolder;
    auto body = BodyReader::create(m_bodies, std::move(rules), exchange.head.header("content-type"));
    if (!body)
        return noRoom(body.error(), exchange);
    exchange.body = std::move(*body);
    return std::nullopt;
}

Response Pipeline::noRoom(const Error &error, const Exchange &exchange) const
{
    if (error.fault == Fault::Unavailable)
        count(m_counters->shed);
    return answerTo(error, exchange);
}

// --- Handling ------------------------------------------------------------------------------------------------------

void Pipeline::handle(Exchange &exchange) const
{
    const qint64 queriesBefore = m_hooks.queries ? m_hooks.queries() : 0;
    try {
        if (exchange.sink)
            finishBody(exchange);
        else
            runSteps(exchange);
    } catch (const std::exception &exception) {
        exchange.answer = answerTo(
            makeError(Fault::Internal, {}, QStringLiteral("exception: ") + QString::fromUtf8(exception.what())),
            exchange);
    } catch (...) {
        exchange.answer =
            answerTo(makeError(Fault::Internal, {}, QStringLiteral("an exception of unknown type")), exchange);
    }
    if (m_hooks.queries)
        exchange.queries = m_hooks.queries() - queriesBefore;
    // Here and not with the exchange: its files are gone before the client hears of it.
    exchange.body.reset();
    if (exchange.answer)
        exchange.sink.reset();
}

void Pipeline::runSteps(Exchange &exchange) const
{
    for (const Step step : kHandling) {
        exchange.answer = (this->*step)(exchange);
        if (exchange.answer)
            break;
    }
    if (!exchange.answer->sink)
        return;
    exchange.sink = std::exchange(exchange.answer, std::nullopt)->sink;
    if (!exchange.awaitsSink) // there is no body
        finishBody(exchange);
}

void Pipeline::finishBody(Exchange &exchange) const
{
    Result<Response> response = exchange.sink->finish(exchange.context.deadline);
    exchange.answer = response ? *std::move(response) : answerTo(response.error(), exchange);
}

std::optional<Response> Pipeline::checkDeadline(Exchange &exchange) const
{
    if (!exchange.context.deadline.expired())
        return std::nullopt;
    return answerTo(makeError(Fault::Timeout, QStringLiteral("The server is too busy; try again soon")), exchange);
}

std::optional<Response> Pipeline::readParameters(Exchange &exchange) const
{
    RequestContext &context = exchange.context;
    Result<> read = ParameterReader(context.parameters).addUrlEncoded(exchange.head.query());
    if (read && exchange.body)
        read = exchange.body->addTo(context.parameters);
    if (!read)
        return answerTo(read.error(), exchange);
    return std::nullopt;
}

std::optional<Response> Pipeline::authenticate(Exchange &exchange) const
{
    RequestContext &context = exchange.context;
    if (context.endpoint->access == api::Access::Public || !m_hooks.authenticate)
        return std::nullopt;
    const QByteArray token = bearerToken(exchange.head, context.parameters);
    if (token.isEmpty())
        return std::nullopt;
    Result<entities::Viewer> viewer = m_hooks.authenticate(token, context.deadline);
    if (!viewer) {
        if (viewer.error().fault == Fault::Unauthorized) {
            if (auto refused = note(exchange, m_throttle.byWrongToken(context.clientAddress, now())))
                return refused;
        }
        return answerTo(viewer.error(), exchange);
    }
    context.viewer = *std::move(viewer);
    return std::nullopt;
}

std::optional<Response> Pipeline::countAccount(Exchange &exchange) const
{
    if (!exchange.context.viewer.hasAccount())
        return std::nullopt;
    return note(exchange,
                m_throttle.byAccount(exchange.context.endpoint->budget, exchange.context.viewer.account, now()));
}

std::optional<Response> Pipeline::authorise(Exchange &exchange) const
{
    const Result<> allowed = checkAccess(*exchange.context.endpoint, exchange.context.viewer, m_options.guests);
    if (!allowed)
        return answerTo(allowed.error(), exchange);
    return std::nullopt;
}

std::optional<Response> Pipeline::callHandler(Exchange &exchange) const
{
    Result<Response> response = (*exchange.handler)(exchange.context);
    if (!response)
        return answerTo(response.error(), exchange);
    return *std::move(response);
}

// --- Lanes and endings ---------------------------------------------------------------------------------------------

bool Pipeline::runsInline(const Exchange &exchange) const
{
    // The hook may ask a database who the token is: never on the loop.
    const api::Endpoint &endpoint = *exchange.context.endpoint;
    return endpoint.lane == api::Lane::Inline && endpoint.access == api::Access::Public;
}

bool Pipeline::enqueue(const Exchange &exchange, std::function<void()> job)
{
    const bool media = exchange.context.endpoint->lane == api::Lane::Media;
    return (media ? m_mediaWorkers : m_workers).tryRun(std::move(job));
}

Response Pipeline::shed(const Exchange &exchange) const
{
    count(m_counters->shed);
    return answerTo(makeError(Fault::Unavailable, QStringLiteral("The server is too busy; try again soon")), exchange);
}

void Pipeline::stopWorkers()
{
    m_workers.stop();
    m_mediaWorkers.stop();
}

void Pipeline::finish(Exchange &exchange) const
{
    Response &response = *exchange.answer;
    addCorsHeaders(exchange.head.path(), response);
    if (api::tus::isTusPath(exchange.head.path()))
        response.headers.emplaceBack(QByteArrayLiteral("Tus-Resumable"), QByteArray(api::tus::kVersion));
    response.headers.emplaceBack(QByteArrayLiteral("X-Request-Id"), exchange.requestId);
    if (exchange.rate) {
        response.headers.emplaceBack(QByteArrayLiteral("X-RateLimit-Limit"), exchange.rate->limit);
        response.headers.emplaceBack(QByteArrayLiteral("X-RateLimit-Remaining"),
                                     QByteArray::number(exchange.rate->remaining));
        response.headers.emplaceBack(QByteArrayLiteral("X-RateLimit-Reset"), exchange.rate->reset);
    }
}

} // namespace graminsta::http
