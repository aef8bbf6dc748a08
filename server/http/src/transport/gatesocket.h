// SPDX-License-Identifier: GPL-3.0-or-later
// One connection. It stands between the network and Qt HTTP Server: it reads and judges every byte, applies all limits
// of size and time, and only when a whole request is there offers it to the framework as an empty one, which comes back
// through Framework::requestReady(). The framework's own lenient parser never sees a byte from the network.
//
//   Idle -> Head -> Body -> Handling -> Sending -> Idle     one request at a time, so pipelined answers keep their
//   order
//           Head -> Admitting -> Body                     where the body must wait until it is decided who takes it
//   Handling -> Streaming                                 for as long as both sides stay
//     any -> Closing                                        the answer is out; what still comes is drained, then it
//     ends
//
// Belongs to its event loop's thread. The framework deletes it when it has been disconnected.
#pragma once

#include "stream/streamsession.h"
#include "transport/connectionbudget.h"
#include "transport/counters.h"
#include "transport/receiver.h"

#include <QSet>
#include <QTcpSocket>

namespace graminsta::http
{

// What the connections of one event loop share. Outlives them: held by each.
struct Gate {
    ServerLimits limits;
    HeadLimits headLimits;
    Receiver *receiver = nullptr;
    std::shared_ptr<StreamOutbox> outbox;
    std::shared_ptr<Counters> counters;
    std::shared_ptr<ConnectionBudget> budget;
    QSet<GateSocket *> connections;
    bool draining = false;
};

class GateSocket final : public QTcpSocket
{
public:
    enum class State : quint8 { Idle, Head, Admitting, Body, Handling, Sending, Streaming, Closing };

    // Takes `descriptor`, for which the budget has been taken already.
    GateSocket(std::shared_ptr<Gate> gate, qintptr descriptor, const QHostAddress &peer, QObject *parent);
    // The gate's books are kept here and not by signals, which others may disconnect.
    ~GateSocket() override;

    [[nodiscard]] State gateState() const { return m_state; }
    [[nodiscard]] const QHostAddress &peer() const { return m_peer; }
    [[nodiscard]] const QByteArray &peerText() const { return m_peerText; }
    // Whether the answer to the current request must say "Connection: close".
    [[nodiscard]] bool closesAfterReply() const { return m_closeAfter || m_gate->draining; }

    // The body that had to wait may come, or is not wanted. Nothing if the connection has been given up meanwhile.
    void takeBody();
    void refuseBody(Reply reply);
    // Answers the current request.
    void reply(Reply reply);
    // Of a stream, by its outbox.
    void deliver(const QByteArray &bytes);
    void cutStream();
    void endStream(StreamEnd reason);
    // To the kernel as far as it takes it, and the rest when it does.
    void send(QByteArrayView bytes);

    // Ends an idle connection and a stream; any other one after its current answer.
    void endWhenIdle();
    // Applies the limits of time. `now` is that of monotonicNow().
    void checkTime(qint64 now);

    // The connection whose offered request the framework is handing out, once.
    [[nodiscard]] static GateSocket *takeOffered();
    void handle(FrameworkHold hold);

    // Milliseconds of a clock that never goes back.
    [[nodiscard]] static qint64 monotonicNow();

private:
    void onReadyRead();
    void onBytesWritten();
    void onDisconnected();

    void readInput();
    void hideInput();
    void drainInput();
    void advance();
    void readHead();
    void begin(RequestHead head);
    void beginBody();
    void feedInput();
    void feedFromSocket();
    // False if the body was refused.
    [[nodiscard]] bool feed(QByteArrayView piece);
    void offer();
    void refuse(Refusal refusal, const RequestHead &head);

    void stream(StreamKind kind, std::shared_ptr<StreamClient> client);
    void feedStream();
    void act(StreamVerdict verdict);
    void pumpFile();
    void answered();
    void closeWith(Reply reply);
    void closeGracefully();
    void setState(State state);

    const std::shared_ptr<Gate> m_gate;
    const QHostAddress m_peer;
    const QByteArray m_peerText;
    QByteArray m_input; // read, not yet understood
    qsizetype m_scanned = 0; // of m_input, without a head's end
    std::shared_ptr<IncomingRequest> m_request;
    FrameworkHold m_hold;
    std::unique_ptr<StreamSession> m_stream; // while Streaming
    std::unique_ptr<QFile> m_file;
    qint64 m_fileLeft = 0;
    qint64 m_bodyLeft = 0;
    qint64 m_bodyBegan = 0;
    qint64 m_bodyTaken = 0;
    qint64 m_deadline = 0; // of the current state; 0 for none
    qint64 m_lastProgress = 0; // when the peer last took bytes, or had none to take
    qint64 m_drained = 0;
    State m_state = State::Idle;
    bool m_closeAfter = false;
    bool m_sendContinue = false;
    bool m_writeEnded = false;
};

} // namespace graminsta::http
