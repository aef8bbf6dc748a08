// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/gatesocket.h"

#include <array>
#include <chrono>

#include <cerrno>

#include <sys/socket.h>

namespace graminsta::http
{

namespace
{

// Small, since there may be thousands; what does not fit waits in the kernel.
constexpr qint64 kReadBuffer = 16 * 1024;
constexpr qint64 kFilePiece = 128 * 1024;
// A client that sends requests and reads no answers is not read from either.
constexpr qint64 kMaxUnsent = 256 * 1024;
// Closing: for how long and how much a client may go on sending before its connection is cut.
constexpr qint64 kDrainTime = 30'000;
constexpr qint64 kDrainIdleTime = 5'000;
constexpr qint64 kMaxDrained = 256 << 20;
// Below this rate a body is a slow attack, not a slow line.
constexpr qint64 kMinBodyBytesPerSecond = 512;

// What the framework is handed instead of the bytes from the network.
constexpr QByteArrayView kOfferedRequest("GET / HTTP/1.1\r\n\r\n");

thread_local GateSocket *offered = nullptr;

} // namespace

qint64 GateSocket::monotonicNow()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

GateSocket *GateSocket::takeOffered()
{
    return std::exchange(offered, nullptr);
}

GateSocket::GateSocket(std::shared_ptr<Gate> gate, qintptr descriptor, const QHostAddress &peer, QObject *parent)
    : QTcpSocket(parent)
    , m_gate(std::move(gate))
    , m_peer(peer)
    , m_peerText(peer.toString().toLatin1())
{
    m_gate->connections.insert(this);
    count(m_gate->counters->accepted);
    count(m_gate->counters->open);
    // Connected before the framework connects its own, so ours run first.
    connect(this, &QIODevice::readyRead, this, &GateSocket::onReadyRead);
    connect(this, &QIODevice::bytesWritten, this, &GateSocket::onBytesWritten);
    connect(this, &QAbstractSocket::disconnected, this, &GateSocket::onDisconnected);
    setReadBufferSize(kReadBuffer);
    setSocketDescriptor(descriptor);
    setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_lastProgress = monotonicNow();
    m_deadline = m_lastProgress + m_gate->limits.headerTime.count();
}

GateSocket::~GateSocket()
{
    // While we are still whole: QAbstractSocket's destructor would emit disconnected() into what is left of us.
    abort();
    if (offered == this)
        offered = nullptr;
    setState(State::Idle);
    m_gate->connections.remove(this);
    m_gate->budget->giveBack(m_peer);
    count(m_gate->counters->open, -1);
}

void GateSocket::setState(State state)
{
    const auto isBusy = [](State one) { return one != State::Idle && one != State::Streaming; };
    const State before = std::exchange(m_state, state);
    if (isBusy(state) != isBusy(before))
        count(m_gate->counters->busy, isBusy(state) ? 1 : -1);
    if ((state == State::Streaming) != (before == State::Streaming))
        count(m_gate->counters->streams, state == State::Streaming ? 1 : -1);
}

// --- What comes in -----------------------------------------------------------------------------------------------

void GateSocket::onReadyRead()
{
    // Either bytes that we hid, or an empty transaction that the framework has begun.
    if (isTransactionStarted())
        rollbackTransaction();
    switch (m_state) {
    case State::Admitting:
    case State::Handling:
    case State::Sending:
        return hideInput();
    case State::Streaming:
        return feedStream();
    case State::Closing:
        return drainInput();
    case State::Body:
        if (!m_input.isEmpty())
            feedInput();
        if (m_state == State::Body)
            feedFromSocket();
        return;
    case State::Idle:
    case State::Head:
        break;
    }
    if (bytesToWrite() > kMaxUnsent)
        return hideInput();
    // More than a head's limit holds a whole head, or never will: pipelined requests pile up in the kernel, not here.
    if (m_input.size() <= m_gate->headLimits.maxHeaderBytes)
        readInput();
    advance();
    if (m_state == State::Body)
        feedFromSocket();
    else if (m_state == State::Idle || m_state == State::Head || m_state == State::Admitting)
        hideInput();
}

void GateSocket::readInput()
{
    const qint64 available = bytesAvailable();
    if (available <= 0)
        return;
    const qsizetype before = m_input.size();
    m_input.resize(before + available);
    const qint64 got = read(m_input.data() + before, available);
    m_input.resize(before + qMax<qint64>(0, got));
}

// Within a transaction the bytes count as read: the framework, whose slot runs next, sees none. They stay in the
// socket's buffer, so its bound holds, and the kernel makes the client wait.
void GateSocket::hideInput()
{
    if (bytesAvailable() == 0)
        return;
    startTransaction();
    skip(bytesAvailable());
}

void GateSocket::drainInput()
{
    m_drained += qMax<qint64>(0, skip(bytesAvailable()));
    if (m_drained > kMaxDrained)
        abort();
}

void GateSocket::advance()
{
    if (m_state == State::Idle) {
        if (m_input.isEmpty())
            return;
        setState(State::Head);
        m_scanned = 0;
        m_deadline = monotonicNow() + m_gate->limits.headerTime.count();
    }
    if (m_state == State::Head)
        readHead();
}

void GateSocket::readHead()
{
    const HeadSearch search = findHead(m_input, m_scanned, m_gate->headLimits);
    RequestHead head;
    if (search.refusal)
        return refuse(*search.refusal, head);
    m_scanned = m_input.size();
    if (!search.found)
        return;
    const auto [from, to] = *search.found;
    const auto refusal = parseHead(QByteArrayView(m_input).sliced(from, to - from), m_gate->headLimits, head);
    if (to == m_input.size())
        m_input.clear();
    else
        m_input.remove(0, to);
    if (refusal)
        return refuse(*refusal, head);
    begin(std::move(head));
}

void GateSocket::begin(RequestHead head)
{
    count(m_gate->counters->requests);
    m_closeAfter = head.closeAfter;
    m_bodyLeft = head.contentLength;
    m_sendContinue = head.expectsContinue && m_bodyLeft > 0 && m_input.isEmpty();
    Receiver::Admission admission = m_gate->receiver->admit(*this, std::move(head));
    if (admission.refusal)
        return closeWith(std::move(*admission.refusal));
    m_request = std::move(admission.request);
    if (m_bodyLeft == 0)
        return offer();
    if (admission.mustWait) {
        setState(State::Admitting);
        m_deadline = 0;
        return;
    }
    beginBody();
    feedInput();
}

void GateSocket::beginBody()
{
    setState(State::Body);
    m_bodyBegan = monotonicNow();
    m_bodyTaken = 0;
    m_deadline = m_bodyBegan + m_gate->limits.bodyIdleTime.count();
    if (m_sendContinue)
        send("HTTP/1.1 100 Continue\r\n\r\n"); // RFC 9110 section 10.1.1
}

void GateSocket::takeBody()
{
    if (m_state != State::Admitting)
        return;
    beginBody();
    // What has come waits in our buffer or behind a transaction. Not fed from here: the framework looks for what it is
    // offered only after our own slot for this signal.
    QMetaObject::invokeMethod(this, &QIODevice::readyRead, Qt::QueuedConnection);
}

void GateSocket::refuseBody(Reply reply)
{
    if (m_state == State::Admitting)
        closeWith(std::move(reply));
}

// The part of a body that came together with its head.
void GateSocket::feedInput()
{
    const qint64 size = qMin<qint64>(m_input.size(), m_bodyLeft);
    if (size > 0) {
        if (!feed(QByteArrayView(m_input).first(size)))
            return;
        m_input.remove(0, size);
    }
    if (m_bodyLeft == 0)
        offer();
}

void GateSocket::feedFromSocket()
{
    // One piece per thread, not one per connection: thousands of slow uploads must not each hold a buffer.
    static thread_local std::array<char, kReadBuffer> piece;
    while (m_bodyLeft > 0 && bytesAvailable() > 0) {
        const qint64 got = read(piece.data(), qMin<qint64>(kReadBuffer, m_bodyLeft));
        if (got <= 0)
            return;
        if (!feed(QByteArrayView(piece.data(), got)))
            return;
    }
    if (m_bodyLeft == 0)
        offer();
}

bool GateSocket::feed(QByteArrayView piece)
{
    m_bodyLeft -= piece.size();
    m_bodyTaken += piece.size();
    m_deadline = monotonicNow() + m_gate->limits.bodyIdleTime.count();
    std::optional<Reply> refusal = m_request->take(piece);
    if (!refusal)
        return true;
    closeWith(std::move(*refusal));
    return false;
}

// The framework reads what it is offered and not a byte more, whatever stands behind it in the buffer.
void GateSocket::offer()
{
    setState(State::Handling);
    m_deadline = 0;
    offered = this;
    for (qsizetype i = kOfferedRequest.size(); i > 0; --i)
        ungetChar(kOfferedRequest[i - 1]);
}

void GateSocket::handle(FrameworkHold hold)
{
    m_hold = std::move(hold);
    // The request may live on elsewhere; this connection is done with it.
    const std::shared_ptr<IncomingRequest> request = std::exchange(m_request, nullptr);
    if (m_state == State::Handling && request)
        request->complete();
}

void GateSocket::refuse(Refusal refusal, const RequestHead &head)
{
    count(refusal == Refusal::RequestTimeout ? m_gate->counters->timeouts : m_gate->counters->bad);
    closeWith(m_gate->receiver->refuse(*this, refusal, head));
}

// --- What goes out -----------------------------------------------------------------------------------------------

void GateSocket::send(QByteArrayView bytes)
{
    // Straight to the kernel where nothing waits: QTcpSocket would switch its write notifier on and off for it.
    if (bytesToWrite() == 0) {
        const ssize_t sent = ::send(static_cast<int>(socketDescriptor()), bytes.data(),
                                    static_cast<size_t>(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        m_lastProgress = monotonicNow();
        if (sent > 0)
            bytes = bytes.sliced(sent);
        else if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return; // the connection is broken; its readyRead or disconnected says so next
    }
    if (!bytes.isEmpty())
        write(bytes.data(), bytes.size());
}

void GateSocket::reply(Reply reply)
{
    if (m_state != State::Handling)
        return;
    if (reply.close)
        m_closeAfter = true;
    reply.head += reply.body;
    send(reply.head);
    if (reply.stream)
        return stream(reply.streamKind, std::move(reply.stream));
    if (!reply.file || reply.fileBytes == 0)
        return answered();
    m_file = std::move(reply.file);
    m_fileLeft = reply.fileBytes;
    setState(State::Sending);
    pumpFile();
}

void GateSocket::onBytesWritten()
{
    m_lastProgress = monotonicNow();
    if (m_state == State::Sending)
        return pumpFile();
    if (bytesToWrite() > 0)
        return;
    if (m_state == State::Closing)
        return closeGracefully();
    if (isTransactionStarted()) // input that waited for the answers to be read
        QMetaObject::invokeMethod(this, &QIODevice::readyRead, Qt::QueuedConnection);
}

// Pulled by what the client has taken, so a slow reader holds one piece in memory and not the file.
void GateSocket::pumpFile()
{
    while (m_fileLeft > 0 && bytesToWrite() < kFilePiece) {
        const QByteArray piece = m_file->read(qMin(m_fileLeft, kFilePiece));
        if (piece.isEmpty())
            return abort(); // the file has shrunk: the length that was promised cannot be kept
        m_fileLeft -= piece.size();
        write(piece);
    }
    if (m_fileLeft > 0)
        return;
    m_file.reset();
    answered();
}

void GateSocket::answered()
{
    if (m_hold) {
        // From Qt 6.5 on the framework must not be let go from inside its own call.
        setState(State::Handling);
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_hold.reset();
                answered();
            },
            Qt::QueuedConnection);
        return;
    }
    if (closesAfterReply())
        return closeGracefully();
    setState(State::Idle);
    m_deadline = monotonicNow() + m_gate->limits.keepAliveTime.count();
    if (!m_input.isEmpty() || isTransactionStarted())
        QMetaObject::invokeMethod(this, &QIODevice::readyRead, Qt::QueuedConnection);
}

// --- How it ends ---------------------------------------------------------------------------------------------------

void GateSocket::closeWith(Reply reply)
{
    m_request.reset();
    m_input.clear();
    reply.head += reply.body;
    send(reply.head);
    closeGracefully();
}

// A close with input unread would make the kernel send a reset, which takes the answer away from a client that has not
// read it yet (RFC 9112 section 9.6). So only our direction is ended, and what comes is drained until the client ends.
void GateSocket::closeGracefully()
{
    if (m_state != State::Closing) {
        setState(State::Closing);
        m_deadline = monotonicNow() + kDrainTime;
        m_input = {};
        m_stream.reset();
    }
    if (bytesToWrite() > 0 || m_writeEnded)
        return;
    m_writeEnded = true;
    ::shutdown(static_cast<int>(socketDescriptor()), SHUT_WR);
    m_lastProgress = monotonicNow();
    if (isTransactionStarted())
        QMetaObject::invokeMethod(this, &QIODevice::readyRead, Qt::QueuedConnection);
    else
        drainInput();
}

void GateSocket::endWhenIdle()
{
    m_closeAfter = true;
    if (m_state == State::Idle)
        closeGracefully();
    else if (m_state == State::Streaming)
        endStream(StreamEnd::GoingAway);
}

void GateSocket::onDisconnected()
{
    if (m_state == State::Admitting || m_state == State::Body || m_state == State::Handling
        || m_state == State::Sending)
        count(m_gate->counters->abandoned);
    m_request.reset();
    m_file.reset();
    m_hold.reset();
    m_stream.reset();
    setState(State::Idle);
    m_deadline = 0;
}

void GateSocket::checkTime(qint64 now)
{
    const ServerLimits &limits = m_gate->limits;
    if (state() != ConnectedState)
        return;
    if (bytesToWrite() > 0) {
        if (now > m_lastProgress + limits.writeStallTime.count()) {
            count(m_gate->counters->timeouts);
            abort();
        }
        return;
    }
    const bool late = m_deadline != 0 && now > m_deadline;
    switch (m_state) {
    case State::Admitting:
    case State::Handling:
    case State::Sending:
        return;
    case State::Streaming:
        if (late) {
            m_deadline = now + limits.streamHeartbeat.count();
            act(m_stream->beat());
        }
        return;
    case State::Idle:
        if (late)
            closeGracefully();
        return;
    case State::Head:
        if (late)
            refuse(Refusal::RequestTimeout, {});
        return;
    case State::Body: {
        const qint64 time = now - m_bodyBegan;
        const bool crawls = time > limits.bodyIdleTime.count() && m_bodyTaken < time * kMinBodyBytesPerSecond / 1000;
        if (late || crawls)
            refuse(Refusal::RequestTimeout, {});
        return;
    }
    case State::Closing:
        if (late || (m_writeEnded && now > m_lastProgress + kDrainIdleTime))
            abort();
        return;
    }
}

} // namespace graminsta::http
