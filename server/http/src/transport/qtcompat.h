// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that knows Qt HTTP Server's headers, and how they differ between 6.4, 6.5 and 6.8.
#pragma once

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QTcpServer>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QHttpServerResponder>
#endif

#include <memory>

namespace graminsta::http
{

// While it lives, the framework takes the connection's request as not answered. From 6.5 on that is what a responder
// is; 6.4 knows nothing of the kind.
using FrameworkHold = std::shared_ptr<void>;

// Qt's server reduced to what is the same in every version: requests come out, nothing goes in.
class Framework : public QAbstractHttpServer
{
public:
    using QAbstractHttpServer::QAbstractHttpServer;

protected:
    // A request of the connection whose readyRead() is being delivered.
    virtual void requestReady(FrameworkHold hold) = 0;

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &, QHttpServerResponder &responder) final
    {
        requestReady(std::make_shared<QHttpServerResponder>(std::move(responder)));
        return true;
    }
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) final { }
#else
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &&) final { }
#endif
#else
    bool handleRequest(const QHttpServerRequest &, QTcpSocket *) final
    {
        requestReady({});
        return true;
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *) final { }
#endif
};

} // namespace graminsta::http
