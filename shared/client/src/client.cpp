// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/client.h>

#include <QHostAddress>

namespace graminsta::client
{

namespace
{

QUrl originOf(const QUrl &url)
{
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    return origin;
}

bool isThisComputer(const QString &host)
{
    const QHostAddress address(host);
    return host == QLatin1String("localhost") || (!address.isNull() && address.isLoopback());
}

} // namespace

Client::Client(const QUrl &baseUrl, QByteArray token, std::shared_ptr<Transport> transport, ClientOptions options)
    : m_session(
        std::make_shared<const Session>(Session { originOf(baseUrl), std::move(token), std::move(transport), options }))
{
}

Client Client::withToken(QByteArray token) const
{
    return Client(m_session->baseUrl, std::move(token), m_session->transport, m_session->options);
}

Result<QUrl> parseServerAddress(const QString &text)
{
    QString address = text.trimmed();
    // People know their server from their handle: "@me@example.org".
    if (!address.contains(QLatin1String("://")))
        address = address.section(QLatin1Char('@'), -1);
    if (!address.contains(QLatin1String("://"))) {
        const QUrl guess(QLatin1String("https://") + address, QUrl::StrictMode);
        address.prepend(QLatin1String(isThisComputer(guess.host()) ? "http://" : "https://"));
    }
    const QUrl url(address, QUrl::StrictMode);
    const bool known = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || url.host().isEmpty() || !known)
        return makeError(Fault::Invalid, QStringLiteral("“%1” is not the address of a server.").arg(text.trimmed()));
    if (url.scheme() == QLatin1String("http") && !isThisComputer(url.host()))
        return makeError(
            Fault::Invalid,
            QStringLiteral("%1 would be spoken to without encryption. Use https://%1 instead.").arg(url.host()));
    return originOf(url);
}

} // namespace graminsta::client
