// SPDX-License-Identifier: GPL-3.0-or-later
#include "archivefile.h"

#include "pause.h"
#include "replyfault.h"

#include <QCoroSignal>
#include <QFileInfo>
#include <QSaveFile>
#include <QThreadPool>

namespace graminsta::client
{

namespace
{

using std::chrono::milliseconds;

// Without a byte of progress in between.
constexpr int kFailuresInARow = 8;

struct Fetch {
    SessionPtr session;
    ArchiveFetch wanted;
    QSaveFile file;
    Deadline deadline = Deadline::after(milliseconds { 0 });
    qint64 written = 0;
    qint64 askedFrom = 0; // in this attempt
    bool begun = false; // likewise: a byte has come
};
using FetchPtr = std::shared_ptr<Fetch>;

Error unwritable(const Fetch &fetch)
{
    return makeError(Fault::Internal,
                     QStringLiteral("“%1” cannot be written: %2.")
                         .arg(QFileInfo(fetch.wanted.file).fileName(), fetch.file.errorString()));
}

Error otherThanPromised(const Fetch &fetch, const QString &detail)
{
    return makeError(
        Fault::Internal,
        QStringLiteral("%1 sent something else than the archive. Try again.").arg(fetch.session->baseUrl.host()),
        detail);
}

Result<> take(Fetch &fetch, int status, QByteArrayView piece)
{
    // Whatever was asked for, this is all of it from the start.
    if (!std::exchange(fetch.begun, true) && status == 200 && fetch.written > 0) {
        if (!fetch.file.seek(0) || !fetch.file.resize(0))
            return unwritable(fetch);
        fetch.written = 0;
        fetch.askedFrom = 0;
    }
    if (fetch.written + piece.size() > fetch.wanted.bytes)
        return otherThanPromised(fetch, QStringLiteral("more than %1 bytes").arg(fetch.wanted.bytes));
    if (fetch.file.write(piece.data(), piece.size()) != piece.size())
        return unwritable(fetch);
    fetch.written += piece.size();
    if (fetch.wanted.progress)
        fetch.wanted.progress(fetch.written, fetch.wanted.bytes);
    return {};
}

HttpRequest nextRequest(const FetchPtr &fetch)
{
    const Session &session = *fetch->session;
    fetch->begun = false;
    fetch->askedFrom = fetch->written;
    HttpRequest request;
    request.url = QUrl::fromEncoded(session.baseUrl.toEncoded() + fetch->wanted.path);
    // Compressed on its way, its size would be another, and a range one of something else.
    request.headers = { { "Accept-Encoding", "identity" }, { "Authorization", "Bearer " + session.token } };
    if (fetch->written > 0)
        request.headers.append({ "Range", "bytes=" + QByteArray::number(fetch->written) + '-' });
    request.idleTime = session.options.idleTime;
    request.deadline = fetch->deadline;
    request.cancel = fetch->wanted.cancel;
    request.sink = [fetch](int status, QByteArrayView piece) { return take(*fetch, status, piece); };
    return request;
}

// Why this answer does not end it.
std::optional<Error> faultAfter(const Result<HttpReply> &reply, const Fetch &fetch)
{
    if (!reply)
        return reply.error();
    if (std::optional<Error> fault = faultOf(*reply, *fetch.session))
        return fault;
    const QByteArray range = reply->header("content-range");
    if (reply->status == 206 && !range.startsWith("bytes " + QByteArray::number(fetch.askedFrom) + '-'))
        return otherThanPromised(fetch, QString::fromLatin1(range));
    if (fetch.written == fetch.wanted.bytes)
        return std::nullopt;
    return makeError(Fault::Unavailable,
                     QStringLiteral("The connection to %1 was lost.").arg(fetch.session->baseUrl.host()),
                     QStringLiteral("%1 of %2 bytes").arg(fetch.written).arg(fetch.wanted.bytes));
}

bool mayPass(const Error &error)
{
    return error.fault == Fault::Unavailable || error.fault == Fault::Timeout || error.fault == Fault::RateLimited;
}

milliseconds pauseAfter(int failures, const Result<HttpReply> &reply, const RetryPolicy &policy)
{
    const milliseconds own = std::min(policy.firstPause * (1 << (failures - 1)), policy.longestPause);
    const auto asked = reply ? requestedPause(*reply, SystemClock().now()) : std::nullopt;
    return std::max(own, asked.value_or(own));
}

QCoro::Task<Result<>> receive(FetchPtr fetch)
{
    int failures = 0;
    for (qint64 furthest = 0;;) {
        const Result<HttpReply> reply = co_await fetch->session->transport->send(nextRequest(fetch));
        const std::optional<Error> fault = faultAfter(reply, *fetch);
        if (!fault)
            co_return Result<> {};
        failures = fetch->written > furthest ? 1 : failures + 1;
        furthest = std::max(furthest, fetch->written);
        const milliseconds wait = pauseAfter(failures, reply, fetch->session->options.retry);
        if (!mayPass(*fault) || failures == kFailuresInARow || wait >= fetch->deadline.remaining()
            || wait > kLongestArchiveWait)
            co_return *fault;
        const Result<> waited = co_await pause(wait, fetch->wanted.cancel);
        if (!waited)
            co_return waited.error();
    }
}

// Waits until the disk has all of it, which may take its time: not on this thread.
QCoro::Task<bool> commit(FetchPtr fetch)
{
    auto *const wakeup = new Wakeup;
    bool committed = false;
    QThreadPool::globalInstance()->start([&file = fetch->file, &committed, wakeup] {
        committed = file.commit();
        QMetaObject::invokeMethod(wakeup, &Wakeup::wake, Qt::QueuedConnection);
    });
    co_await qCoro(wakeup, &Wakeup::woken);
    wakeup->deleteLater();
    co_return committed;
}

} // namespace

QCoro::Task<Result<>> fetchArchive(SessionPtr session, ArchiveFetch wanted)
{
    const auto fetch = std::make_shared<Fetch>();
    fetch->session = std::move(session);
    fetch->wanted = std::move(wanted);
    fetch->deadline = Deadline::after(fetch->session->options.archiveTime);
    fetch->file.setFileName(fetch->wanted.file);
    if (!fetch->file.open(QIODevice::WriteOnly))
        co_return unwritable(*fetch);
    // It holds private posts, and where photos were taken.
    fetch->file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const Result<> received = co_await receive(fetch);
    if (!received)
        co_return received.error();
    const bool committed = co_await commit(fetch);
    if (!committed)
        co_return unwritable(*fetch);
    co_return Result<> {};
}

} // namespace graminsta::client
