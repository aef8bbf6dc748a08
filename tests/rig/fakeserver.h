// SPDX-License-Identifier: GPL-3.0-or-later
// A scriptable HTTP server on 127.0.0.1 for tests of the client: says beforehand what is expected and how it is
// answered, and behaves as badly as networks do. Runs in the test's thread.
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace graminsta::rig
{

struct FakeRequest {
    QByteArray method;
    QByteArray target; // path and query as sent
    QList<QPair<QByteArray, QByteArray>> headers; // names in lower case
    QByteArray body;

    [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    // A value of the query or of a form body, percent-decoded; empty if there is none.
    [[nodiscard]] QString parameter(const QString &name) const;
};

enum class Behaviour {
    Answer,
    CutBeforeAnswer, // reads the request, then closes
    CutInAnswer, // promises the body, sends half, closes
    Stall, // reads the request, never answers
    StallInBody, // reads a little of the request's body, then nothing more
    CutInBody, // reads a little of the request's body, then closes
};

struct FakeReply {
    int status = 200;
    QByteArray body = "{}";
    QList<QPair<QByteArray, QByteArray>> headers {};
    QByteArray contentType = "application/json; charset=utf-8";
    Behaviour behaviour = Behaviour::Answer;
    std::chrono::milliseconds delay { 0 };

    [[nodiscard]] static FakeReply json(QByteArray body, int status = 200);
    [[nodiscard]] static FakeReply html(QByteArray body, int status = 200);
    [[nodiscard]] static FakeReply redirect(const QByteArray &location);
    [[nodiscard]] static FakeReply bad(Behaviour behaviour);
    [[nodiscard]] FakeReply with(const QByteArray &name, const QByteArray &value) const;
};

class FakeServer : public QObject
{
    Q_OBJECT
public:
    using Answer = std::function<FakeReply(const FakeRequest &)>;

    FakeServer();
    ~FakeServer() override;

    [[nodiscard]] QUrl url() const;

    // Expects requests to `route` ("GET /api/v1/instance", without the query) and answers with each reply in turn, the
    // last one for all that follow. A route that is not expected is answered 404 and noted in unexpected().
    void expect(const QByteArray &route, QList<FakeReply> replies);
    void expect(const QByteArray &route, FakeReply reply) { expect(route, QList<FakeReply> { std::move(reply) }); }
    void expectBy(const QByteArray &route, Answer answer);

    // Requests in the order they came, as far as their headers were read.
    [[nodiscard]] const QList<FakeRequest> &requests() const { return m_requests; }
    [[nodiscard]] int count(const QByteArray &route) const;
    // The most requests that were in progress together.
    [[nodiscard]] int mostAtOnce() const { return m_mostAtOnce; }
    // The routes that came without being expected: a test ends by comparing this with nothing.
    [[nodiscard]] QByteArrayList unexpected() const { return m_unexpected; }

private:
    struct Connection;

    void accept();
    void read(const std::shared_ptr<Connection> &connection);
    void begin(Connection &connection, const QByteArray &head);
    [[nodiscard]] FakeReply replyTo(const FakeRequest &request);
    void answer(const std::shared_ptr<Connection> &connection);
    void finish(Connection &connection);

    QTcpServer m_server;
    QHash<QByteArray, QList<FakeReply>> m_scripts;
    QHash<QByteArray, Answer> m_answers;
    QList<FakeRequest> m_requests;
    QByteArrayList m_unexpected;
    int m_atOnce = 0;
    int m_mostAtOnce = 0;
};

} // namespace graminsta::rig
