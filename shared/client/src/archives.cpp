// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/archives.h>

#include "archivefile.h"
#include "call.h"
#include "multipart.h"
#include "pause.h"

#include <graminsta/json/archives.h>

#include <QFileInfo>

namespace graminsta::client
{

namespace
{

using std::chrono::milliseconds;

constexpr char kExports[] = "/api/graminsta/v1/account/exports";
constexpr char kExport[] = "/api/graminsta/v1/account/exports/";
constexpr char kImports[] = "/api/graminsta/v1/account/imports";
constexpr char kImport[] = "/api/graminsta/v1/account/imports/";
constexpr milliseconds kFirstPoll { 300 };
constexpr milliseconds kLongestPoll { 3'000 };

// Asks at once and then less and less often.
template<typename T>
QCoro::Task<Result<T>> untilOver(SessionPtr session, QByteArray path, Result<T> (*decode)(const QJsonObject &),
                                 std::function<void(const T &)> progress, CancelToken cancel)
{
    const Deadline deadline = Deadline::after(session->options.archiveTime);
    for (milliseconds wait = kFirstPoll;; wait = std::min(wait * 3 / 2, kLongestPoll)) {
        Result<T> asked = co_await performFor<T>(session, get(path, cancel), decode);
        if (!asked || asked->state != QLatin1String("working"))
            co_return asked;
        // Whoever has cancelled may be gone.
        if (progress && !cancel.isCancelled())
            progress(*asked);
        if (wait >= deadline.remaining())
            co_return makeError(Fault::Timeout,
                                QStringLiteral("%1 takes too long with the archive.").arg(session->baseUrl.host()));
        const Result<> waited = co_await pause(wait, cancel);
        if (!waited)
            co_return waited.error();
    }
}

QCoro::Task<Result<>> removeAt(SessionPtr session, QByteArray path, CancelToken cancel)
{
    ApiCall call;
    call.verb = api::Verb::Delete;
    call.path = std::move(path);
    call.repeat = Repeat::Always;
    call.cancel = std::move(cancel);
    const Result<HttpReply> reply = co_await perform(std::move(session), std::move(call));
    if (!reply && reply.error().fault != Fault::NotFound)
        co_return reply.error();
    co_return Result<> {};
}

} // namespace

QCoro::Task<Result<model::AccountExport>> Archives::create(CancelToken cancel) const
{
    return performFor<model::AccountExport>(m_session, post(kExports, std::move(cancel)), json::decodeAccountExport);
}

QCoro::Task<Result<Page<model::AccountExport>>> Archives::list(PageRequest page, CancelToken cancel) const
{
    return performForPage<model::AccountExport>(m_session, getPage(kExports, page, std::move(cancel)),
                                                json::decodeAccountExports);
}

QCoro::Task<Result<model::AccountExport>> Archives::show(QString id, CancelToken cancel) const
{
    return performFor<model::AccountExport>(m_session, get(pathOf(kExport, id), std::move(cancel)),
                                            json::decodeAccountExport);
}

QCoro::Task<Result<>> Archives::remove(QString id, CancelToken cancel) const
{
    return removeAt(m_session, pathOf(kExport, id), std::move(cancel));
}

QCoro::Task<Result<model::AccountExport>> Archives::waitUntilMade(QString id, CancelToken cancel) const
{
    return untilOver<model::AccountExport>(m_session, pathOf(kExport, id), json::decodeAccountExport, {},
                                           std::move(cancel));
}

QCoro::Task<Result<>> Archives::save(model::AccountExport made, QString file, Progress progress,
                                     CancelToken cancel) const
{
    return fetchArchive(
        m_session,
        { pathOf(kExport, made.id, "/file"), std::move(file), made.bytes, std::move(progress), std::move(cancel) });
}

QCoro::Task<Result<model::AccountImport>> Archives::bring(QString file, Progress progress, CancelToken cancel) const
{
    ApiCall call = post(kImports, std::move(cancel));
    call.time = m_session->options.archiveTime;
    call.idleTime = m_session->options.archiveIdleTime;
    call.longestWait = kLongestArchiveWait;
    call.progress = std::move(progress);
    setMultipart(call, {}, { { QStringLiteral("file"), file, QFileInfo(file).fileName(), "application/zip" } });
    return performFor<model::AccountImport>(m_session, std::move(call), json::decodeAccountImport);
}

QCoro::Task<Result<Page<model::AccountImport>>> Archives::listImports(PageRequest page, CancelToken cancel) const
{
    return performForPage<model::AccountImport>(m_session, getPage(kImports, page, std::move(cancel)),
                                                json::decodeAccountImports);
}

QCoro::Task<Result<model::AccountImport>> Archives::waitUntilTakenIn(QString id, ImportProgress progress,
                                                                     CancelToken cancel) const
{
    return untilOver<model::AccountImport>(m_session, pathOf(kImport, id), json::decodeAccountImport,
                                           std::move(progress), std::move(cancel));
}

QCoro::Task<Result<>> Archives::removeImport(QString id, CancelToken cancel) const
{
    return removeAt(m_session, pathOf(kImport, id), std::move(cancel));
}

} // namespace graminsta::client
