// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/recordedtransport.h>

#include "pause.h"

#include <QDir>
#include <QFile>
#include <QMimeDatabase>

namespace graminsta::client
{

namespace
{

QString keyOf(api::Verb verb, const QString &path)
{
    return QString(api::verbName(verb)) + QLatin1Char(' ') + path;
}

std::optional<HttpReply> fromFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    HttpReply reply;
    reply.status = 200;
    reply.headers.append({ "content-type", QMimeDatabase().mimeTypeForFile(path).name().toLatin1() });
    reply.body = file.readAll();
    return reply;
}

QCoro::Task<Result<HttpReply>> answerLater(Result<HttpReply> reply, std::chrono::milliseconds delay,
                                           HttpRequest request)
{
    const Result<> waited = co_await pause(delay, request.cancel);
    if (!waited)
        co_return waited.error();
    if (reply && request.isForSink(reply->status)) {
        const Result<> taken = request.sink(reply->status, std::exchange(reply->body, {}));
        if (!taken)
            co_return taken.error();
    }
    co_return reply;
}

} // namespace

void RecordedTransport::on(api::Verb verb, const QString &path, Handler handler)
{
    const QString key = keyOf(verb, path);
    if (!key.endsWith(QLatin1Char('*'))) {
        m_exact.insert(key, std::move(handler));
        return;
    }
    const QString prefix = key.chopped(1);
    m_prefixes.removeIf([&prefix](const auto &entry) { return entry.first == prefix; });
    m_prefixes.append({ prefix, std::move(handler) });
}

void RecordedTransport::onJson(api::Verb verb, const QString &path, QByteArray json, int status)
{
    HttpReply reply { status, { { "content-type", "application/json; charset=utf-8" } }, std::move(json) };
    on(verb, path, [reply](const HttpRequest &) -> Result<HttpReply> { return reply; });
}

Result<> RecordedTransport::addFolder(const QString &folder)
{
    if (!QFileInfo(folder).isDir())
        return makeError(Fault::NotFound, QStringLiteral("There is no recorded data in %1.").arg(folder));
    m_folders.prepend(QDir(folder).absolutePath());
    return {};
}

const RecordedTransport::Handler *RecordedTransport::handlerOf(const HttpRequest &request) const
{
    const QString key = keyOf(request.verb, request.url.path());
    if (const auto exact = m_exact.constFind(key); exact != m_exact.constEnd())
        return &exact.value();
    const QPair<QString, Handler> *best = nullptr;
    for (const auto &entry : m_prefixes) {
        if (key.startsWith(entry.first) && (!best || entry.first.size() > best->first.size()))
            best = &entry;
    }
    return best ? &best->second : nullptr;
}

std::optional<HttpReply> RecordedTransport::fromFolders(const QString &path) const
{
    // Nothing outside the folders, whatever the path says.
    const QString clean = QDir::cleanPath(QLatin1Char('/') + path);
    for (const QString &folder : m_folders) {
        if (auto reply = fromFile(folder + clean + QLatin1String(".json")))
            return reply;
        if (auto reply = fromFile(folder + clean))
            return reply;
    }
    return std::nullopt;
}

Result<HttpReply> RecordedTransport::answer(const HttpRequest &request) const
{
    if (const Handler *handler = handlerOf(request))
        return (*handler)(request);
    if (request.verb == api::Verb::Get) {
        if (auto reply = fromFolders(request.url.path()))
            return std::move(*reply);
    }
    return HttpReply { 404, { { "content-type", "application/json" } }, R"({"error":"Record not found"})" };
}

QCoro::Task<Result<HttpReply>> RecordedTransport::send(HttpRequest request)
{
    Result<HttpReply> reply = answer(request);
    return answerLater(std::move(reply), m_delay, std::move(request));
}

} // namespace graminsta::client
