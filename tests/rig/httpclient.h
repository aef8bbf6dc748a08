// SPDX-License-Identifier: GPL-3.0-or-later
// A blocking HTTP/1.1 client for black-box tests: it sends exactly the bytes it is told to, odd ones too, and hides
// nothing of the answer. One connection, kept alive; not thread-safe: one client a thread.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <initializer_list>
#include <memory>
#include <utility>

namespace graminsta::rig
{

using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

struct HttpReply {
    int status = 0; // 0: no answer came, `reason` says why
    QByteArray reason;
    HttpHeaders headers; // names in lower case
    QByteArray body;

    // The first header of that (lower case) name; empty if there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] QJsonObject object() const;
    [[nodiscard]] QJsonArray array() const;
    // object()["name"] as text.
    [[nodiscard]] QString text(const char *name) const;
    // The ids of an array of entities, in order.
    [[nodiscard]] QStringList ids() const;
    // The address of a relation in the Link header (RFC 8288); empty if there is none.
    [[nodiscard]] QByteArray link(const QByteArray &relation) const;
    // Status and body in one line, for messages.
    [[nodiscard]] QByteArray summary() const;
};

using FormFields = QList<QPair<QByteArray, QByteArray>>;

struct Part {
    QByteArray name;
    QByteArray value;
    QByteArray fileName {}; // empty: no file
    QByteArray type {};
};

struct HttpBody {
    QByteArray type; // empty: no Content-Type is sent
    QByteArray bytes;
    bool present = true;

    [[nodiscard]] static HttpBody none() { return { {}, {}, false }; }
    [[nodiscard]] static HttpBody json(const QJsonObject &object);
    [[nodiscard]] static HttpBody json(std::initializer_list<std::pair<const char *, QJsonValue>> members);
    // Names and values percent-encoded, brackets too.
    [[nodiscard]] static HttpBody form(const FormFields &fields);
    [[nodiscard]] static HttpBody multipart(const QList<Part> &parts);
};

class HttpClient
{
public:
    // Called with the verb, the target and what came back, after each request.
    using Observer = std::function<void(const QByteArray &verb, const QByteArray &target, const HttpReply &)>;

    explicit HttpClient(const QUrl &base, const QByteArray &token = {});

    // A client on a connection of its own, with another bearer token and the same observer.
    [[nodiscard]] HttpClient as(const QByteArray &token) const;
    void setObserver(Observer observer) { m_observer = std::move(observer); }

    // `target` is a path with its query, sent as it is, or an absolute URL of the same server.
    HttpReply send(const QByteArray &verb, const QByteArray &target, const HttpBody &body = HttpBody::none(),
                   const HttpHeaders &headers = {});
    HttpReply get(const QByteArray &target, const HttpHeaders &headers = {})
    {
        return send("GET", target, HttpBody::none(), headers);
    }
    // A POST without a body has Content-Length: 0.
    HttpReply post(const QByteArray &target, const HttpBody &body = {}, const HttpHeaders &headers = {})
    {
        return send("POST", target, body, headers);
    }
    HttpReply put(const QByteArray &target, const HttpBody &body) { return send("PUT", target, body); }
    HttpReply patch(const QByteArray &target, const HttpBody &body) { return send("PATCH", target, body); }
    HttpReply del(const QByteArray &target) { return send("DELETE", target); }

    [[nodiscard]] const QByteArray &token() const { return m_token; }

private:
    [[nodiscard]] QByteArray serialise(const QByteArray &verb, const QByteArray &target, const HttpBody &body,
                                       const HttpHeaders &headers) const;
    HttpReply exchange(const QByteArray &request, bool hasBody);
    bool fill(); // reads what has come; false at the end of the connection or of our patience
    bool readBody(HttpReply &reply);

    QUrl m_base;
    QByteArray m_token;
    Observer m_observer;
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_buffer;
};

} // namespace graminsta::rig
