// SPDX-License-Identifier: GPL-3.0-or-later
#include "uploader.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <chrono>

namespace graminsta::rig
{

namespace
{

constexpr qint64 kPatienceMs = 120'000;
constexpr std::chrono::milliseconds kPollStep { 50 };
constexpr std::chrono::milliseconds kWatchStep { 20 };

// VmHWM: the peak so far.
double peakMegabytes(const QString &pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

QStringList childrenOf(qint64 parent)
{
    QStringList found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(name));
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toLongLong() == parent && fields.value(0) != "Z")
            found.append(name);
    }
    return found;
}

} // namespace

QByteArray signUp(const QUrl &server, const QByteArray &username)
{
    HttpClient nobody(server);
    const QByteArray scopes = "read write follow";
    const HttpReply app = nobody.post(
        "/api/v1/apps",
        HttpBody::form(
            { { "client_name", "hostile" }, { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" }, { "scopes", scopes } }));
    const HttpReply token = nobody.post("/oauth/token",
                                        HttpBody::form({ { "grant_type", "client_credentials" },
                                                         { "client_id", app.text("client_id").toLatin1() },
                                                         { "client_secret", app.text("client_secret").toLatin1() },
                                                         { "scope", scopes } }));
    HttpClient application(server, token.text("access_token").toLatin1());
    return application
        .post("/api/v1/accounts",
              HttpBody::form({ { "username", username },
                               { "email", username + "@example.org" },
                               { "password", "correct horse battery" },
                               { "agreement", "true" } }))
        .text("access_token")
        .toLatin1();
}

HttpReply uploadAndWait(HttpClient &client, const QByteArray &file)
{
    HttpReply reply =
        client.post("/api/v2/media", HttpBody::multipart({ { "file", file, "photo.jpg", "image/jpeg" } }));
    QElapsedTimer timer;
    timer.start();
    const QByteArray path = "/api/v1/media/" + reply.text("id").toLatin1();
    while ((reply.status == 202 || reply.status == 206) && timer.elapsed() < kPatienceMs) {
        std::this_thread::sleep_for(kPollStep);
        reply = client.get(path);
    }
    return reply;
}

MemoryWatch::MemoryWatch(qint64 server)
    : m_thread([this, server] { watch(server); })
{
}

MemoryWatch::~MemoryWatch()
{
    m_isDone = true;
    m_thread.join();
}

void MemoryWatch::watch(qint64 server)
{
    while (!m_isDone) {
        m_server = std::max(m_server.load(), peakMegabytes(QString::number(server)));
        const QStringList children = childrenOf(server);
        for (const QString &child : children)
            m_largestChild = std::max(m_largestChild.load(), peakMegabytes(child));
        m_mostChildren = std::max(m_mostChildren.load(), static_cast<int>(children.size()));
        std::this_thread::sleep_for(kWatchStep);
    }
}

} // namespace graminsta::rig
