// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/networktransport.h>

#include "oncebody.h"
#include "pause.h"
#include "pendingreply.h"

#include <QBuffer>
#include <QCoroSignal>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

namespace graminsta::client
{

namespace
{

QNetworkRequest networkRequest(const HttpRequest &request, const QByteArray &userAgent)
{
    QNetworkRequest network(request.url);
    // A redirection could carry the token to another host.
    network.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    network.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    network.setRawHeader("User-Agent", userAgent);
    for (const auto &[name, value] : request.headers)
        network.setRawHeader(name, value);
    return network;
}

Result<std::unique_ptr<QIODevice>> openBody(const HttpRequest &request)
{
    std::unique_ptr<QIODevice> body;
    if (request.openBody) {
        body = GI_TRY(request.openBody());
    } else {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(request.body);
        buffer->open(QIODevice::ReadOnly);
        body = std::move(buffer);
    }
    return std::unique_ptr<QIODevice>(std::make_unique<OnceBody>(std::move(body)));
}

QNetworkReply *start(QNetworkAccessManager &manager, const HttpRequest &request, const QByteArray &userAgent,
                     QIODevice *body)
{
    const QNetworkRequest network = networkRequest(request, userAgent);
    if (request.verb == api::Verb::Get)
        return manager.get(network);
    if (request.verb == api::Verb::Head)
        return manager.head(network);
    const QLatin1String verb = api::verbName(request.verb);
    return manager.sendCustomRequest(network, QByteArray(verb.data(), verb.size()), body);
}

QCoro::Task<Result<HttpReply>> sendBy(std::shared_ptr<QNetworkAccessManager> network, HttpRequest request,
                                      QByteArray userAgent)
{
    // Even what fails at once fails from the event loop, so that callers know one order of events only.
    const Result<> alive = co_await pause(std::chrono::milliseconds { 0 }, request.cancel);
    if (!alive)
        co_return alive.error();
    Result<std::unique_ptr<QIODevice>> body = openBody(request);
    if (!body)
        co_return std::move(body).error();
    QIODevice *const device = body->get();
    QNetworkReply *const reply = start(*network, request, userAgent, device);
    // Deleted by the event loop, since it is its own signal that ends this coroutine.
    auto *const pending = new PendingReply(reply, std::move(body).value(), std::move(request));
    co_await qCoro(pending, &PendingReply::done);
    pending->deleteLater();
    co_return pending->take();
}

} // namespace

NetworkTransport::NetworkTransport()
    : NetworkTransport(QByteArrayLiteral("Graminsta/" GRAMINSTA_VERSION))
{
}

NetworkTransport::NetworkTransport(QByteArray userAgent)
    : m_network(std::make_shared<QNetworkAccessManager>())
    , m_userAgent(std::move(userAgent))
{
}

NetworkTransport::~NetworkTransport() = default;

QCoro::Task<Result<HttpReply>> NetworkTransport::send(HttpRequest request)
{
    return sendBy(m_network, std::move(request), m_userAgent);
}

} // namespace graminsta::client
