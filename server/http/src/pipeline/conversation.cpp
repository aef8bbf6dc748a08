// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/conversation.h"

#include "pipeline/faultresponse.h"

#include <QCoreApplication>

namespace graminsta::http
{

Q_LOGGING_CATEGORY(lcAccess, "graminsta.access")

namespace
{

// The body of a refused request is drained rather than the connection ended, up to this size.
constexpr qint64 kMaxIgnoredBody = 64 * 1024;

constexpr auto kSubmitJobs = QEvent::Type(QEvent::User + 1);

std::chrono::milliseconds timeFor(const RequestContext &context, const ServerLimits &limits)
{
    return context.endpoint->lane == api::Lane::Media ? limits.mediaRequestTime : limits.requestTime;
}

} // namespace

Mailbox::Mailbox(QObject *owner)
    : m_owner(owner)
{
}

void Mailbox::put(std::shared_ptr<Exchange> exchange)
{
    const std::lock_guard lock(m_mutex);
    if (!m_owner)
        return;
    // One event for all that come until it is handled.
    if (m_answered.empty())
        QCoreApplication::postEvent(m_owner, new QEvent(QEvent::User));
    m_answered.push_back(std::move(exchange));
}

std::vector<std::shared_ptr<Exchange>> Mailbox::takeAll()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_answered, {});
}

void Mailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_owner = nullptr;
}

Exchange::Exchange(Conversation &conversation, GateSocket &socket, RequestHead requestHead)
    : head(std::move(requestHead))
    , connection(&socket)
    , m_conversation(conversation)
{
}

std::optional<Reply> Exchange::take(QByteArrayView piece)
{
    if (!body && !sink)
        return std::nullopt;
    const Result<> taken = sink ? sink->take(piece) : body->take(piece);
    if (taken)
        return std::nullopt;
    return m_conversation.refuseBody(*this, taken.error());
}

void Exchange::complete()
{
    m_conversation.run(shared_from_this());
}

Conversation::Conversation(Pipeline &pipeline, AccessLog *log)
    : m_pipeline(pipeline)
    , m_log(log)
    , m_mailbox(std::make_shared<Mailbox>(this))
{
}

Conversation::~Conversation()
{
    m_mailbox->close();
}

Receiver::Admission Conversation::admit(GateSocket &connection, RequestHead head)
{
    Admission admission;
    const auto exchange = std::make_shared<Exchange>(*this, connection, std::move(head));
    m_pipeline.admit(*exchange);
    if (exchange->answer && exchange->head.contentLength > kMaxIgnoredBody)
        admission.refusal = write(*exchange, true);
    else
        admission.request = exchange;
    if (!exchange->answer && exchange->place) {
        admission.mustWait = exchange->awaitsSink = true;
        enqueue(exchange);
    }
    return admission;
}

Reply Conversation::refuse(GateSocket &connection, Refusal refusal, const RequestHead &head)
{
    Exchange exchange(*this, connection, head);
    exchange.requestId = "-";
    exchange.client = connection.peerText();
    const int status = refusalStatus(refusal);
    // Without a path nobody knows who asks; machines read JSON, and people do not send broken requests.
    const ErrorStyle style = head.target.isEmpty() ? ErrorStyle::Json : errorStyle(head.path());
    exchange.answer = statusResponse(status, QString::fromLatin1(reasonPhrase(status)), style);
    return write(exchange, true);
}

Reply Conversation::refuseBody(Exchange &exchange, const Error &error)
{
    exchange.body.reset();
    exchange.sink.reset();
    exchange.answer = m_pipeline.answerTo(error, exchange);
    return write(exchange, true);
}

void Conversation::requestReady(FrameworkHold hold)
{
    if (GateSocket *connection = GateSocket::takeOffered())
        connection->handle(std::move(hold));
}

void Conversation::run(const std::shared_ptr<Exchange> &exchange)
{
    if (exchange->answer)
        return answer(*exchange);
    if (m_pipeline.runsInline(*exchange)) {
        prepare(*exchange);
        m_pipeline.handle(*exchange);
        return answer(*exchange);
    }
    enqueue(exchange);
}

void Conversation::prepare(Exchange &exchange) const
{
    RequestContext &context = exchange.context;
    context.rawTarget = exchange.head.target;
    context.headers = exchange.head.headers;
    context.deadline = Deadline::after(timeFor(context, m_pipeline.options().limits));
}

void Conversation::enqueue(const std::shared_ptr<Exchange> &exchange)
{
    prepare(*exchange);
    // A worker that is woken at once would take the processor from the loop for each request by itself.
    if (m_jobs.empty())
        QCoreApplication::postEvent(this, new QEvent(kSubmitJobs));
    m_jobs.push_back(exchange);
}

void Conversation::submitJobs()
{
    for (std::shared_ptr<Exchange> &job : std::exchange(m_jobs, {})) {
        const bool queued = m_pipeline.enqueue(*job, [job, mailbox = m_mailbox, pipeline = &m_pipeline] {
            pipeline->handle(*job);
            mailbox->put(job);
        });
        if (!queued) {
            job->answer = m_pipeline.shed(*job);
            goOn(*job);
        }
    }
}

void Conversation::customEvent(QEvent *event)
{
    if (event->type() == kSubmitJobs)
        return submitJobs();
    for (const std::shared_ptr<Exchange> &exchange : m_mailbox->takeAll())
        goOn(*exchange);
}

void Conversation::goOn(Exchange &exchange)
{
    if (!std::exchange(exchange.awaitsSink, false))
        return answer(exchange);
    GateSocket *connection = exchange.connection;
    if (!connection)
        return;
    if (exchange.answer && exchange.head.contentLength > kMaxIgnoredBody)
        connection->refuseBody(write(exchange, true));
    else
        connection->takeBody();
}

void Conversation::answer(Exchange &exchange)
{
    // Gone meanwhile: nobody is there to hear it.
    if (GateSocket *connection = exchange.connection)
        connection->reply(write(exchange, connection->closesAfterReply()));
}

Reply Conversation::write(Exchange &exchange, bool close)
{
    m_pipeline.finish(exchange);
    Reply reply = m_writer.write(*exchange.answer, replyTerms(exchange.head, close));
    log(exchange, reply.file ? reply.fileBytes : reply.body.size());
    return reply;
}

void Conversation::log(const Exchange &exchange, qint64 bytes)
{
    if (!m_log || !lcAccess().isInfoEnabled())
        return;
    const auto time = std::chrono::steady_clock::now() - exchange.begin;
    AccessEntry entry;
    entry.requestId = exchange.requestId;
    entry.method = exchange.head.method;
    entry.path = exchange.head.path();
    entry.status = exchange.answer->status;
    entry.bytes = bytes;
    entry.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    entry.client = exchange.client;
    entry.account = exchange.context.viewer.account.number();
    entry.queries = exchange.queries;
    m_log->add(entry);
}

} // namespace graminsta::http
