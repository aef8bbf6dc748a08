// SPDX-License-Identifier: GPL-3.0-or-later
#include "pieces.h"

#include "call.h"
#include "pause.h"
#include "replyfault.h"

#include <graminsta/api/tus.h>

#include <QFile>

#include <utility>

namespace graminsta::client
{

namespace
{

using std::chrono::milliseconds;

// Without a byte of progress in between.
constexpr int kFailuresInARow = 8;
// An upload that the server has lost is begun again, but not for ever.
constexpr int kBeginnings = 2;
// The request that was cut may have its lock as long as that (docs/uploads.md).
constexpr milliseconds kEndTime { 20'000 };

struct Upload {
    SessionPtr session;
    PiecesRequest wanted;
    qint64 size = 0;
    Deadline deadline = Deadline::after(milliseconds { 0 });
    QUrl url; // once it has begun
    qint64 offset = 0; // what the server has for good, as far as we know
    bool isKnown = true; // the offset
};
using UploadPtr = std::shared_ptr<Upload>;

HttpRequest requestOf(const Upload &upload, api::Verb verb, const QUrl &url)
{
    const Session &session = *upload.session;
    HttpRequest request;
    request.verb = verb;
    request.url = url;
    request.headers = { { "Tus-Resumable", QByteArray(api::tus::kVersion) },
                        { "Authorization", "Bearer " + session.token } };
    request.idleTime = session.options.idleTime;
    request.deadline = upload.deadline;
    request.cancel = upload.wanted.cancel;
    return request;
}

// What the same request, or one that follows it, may bring all the same.
bool mayPass(const Error &error, int status)
{
    constexpr int kConflict = 409;
    constexpr int kLocked = 423;
    constexpr int kOtherChecksum = 460;
    return error.fault == Fault::Unavailable || error.fault == Fault::Timeout || error.fault == Fault::RateLimited
        || status == kConflict || status == kLocked || status == kOtherChecksum;
}

bool isLost(const Error &error)
{
    return error.fault == Fault::NotFound || error.fault == Fault::Gone;
}

// An answer of success, or why there is none.
struct Outcome {
    HttpReply reply;
    std::optional<Error> error;
    bool mayPass = false;
    milliseconds wait { 0 }; // that the server asks for
};

QCoro::Task<Outcome> attempt(UploadPtr upload, HttpRequest request)
{
    Result<HttpReply> reply = co_await upload->session->transport->send(std::move(request));
    Outcome outcome;
    if (!reply) {
        outcome.error = reply.error();
        outcome.mayPass = mayPass(*outcome.error, 0);
        co_return outcome;
    }
    outcome.reply = std::move(*reply);
    outcome.error = faultOf(outcome.reply, *upload->session);
    outcome.mayPass = outcome.error && mayPass(*outcome.error, outcome.reply.status);
    outcome.wait = requestedPause(outcome.reply, SystemClock().now()).value_or(milliseconds { 0 });
    co_return outcome;
}

// Of an answer that tells how far it is.
Result<qint64> offsetIn(const HttpReply &reply, const Upload &upload)
{
    bool isNumber = false;
    const qint64 offset = reply.header("upload-offset").toLongLong(&isNumber);
    if (isNumber && offset >= 0 && offset <= upload.size)
        return offset;
    return makeError(Fault::Unavailable,
                     QStringLiteral("%1 does not say how much of the file it has.").arg(upload.session->baseUrl.host()),
                     QString::fromLatin1(reply.header("upload-offset")));
}

Result<QByteArray> pieceOf(const Upload &upload)
{
    QFile file(upload.wanted.file);
    const qint64 wanted = std::min(upload.session->options.pieceBytes, upload.size - upload.offset);
    QByteArray piece;
    if (file.open(QIODevice::ReadOnly) && file.size() == upload.size && file.seek(upload.offset))
        piece = file.read(wanted);
    if (piece.size() == wanted)
        return piece;
    return makeError(Fault::Conflict,
                     QStringLiteral("“%1” has changed while it was sent.").arg(upload.wanted.fileName));
}

// At the session's server, whatever host the server itself or a file on disk names: the token goes along.
QUrl urlAt(const Session &session, const QString &path)
{
    QUrl url = session.baseUrl;
    url.setPath(path.startsWith(QLatin1Char('/')) ? path : QLatin1Char('/') + path);
    return url;
}

HttpRequest beginning(const Upload &upload)
{
    const QString path = QUrl(upload.wanted.pieces.tusPath).path();
    HttpRequest request = requestOf(upload, api::Verb::Post, urlAt(*upload.session, path));
    request.headers.append({ "Upload-Length", QByteArray::number(upload.size) });
    request.headers.append({ "Upload-Metadata", "filename " + upload.wanted.fileName.toUtf8().toBase64() });
    return request;
}

Result<HttpRequest> nextPiece(const UploadPtr &upload)
{
    HttpRequest request = requestOf(*upload, api::Verb::Patch, upload->url);
    request.headers.append({ "Content-Type", QByteArray(api::tus::kChunkType) });
    request.headers.append({ "Upload-Offset", QByteArray::number(upload->offset) });
    request.body = GI_TRY(pieceOf(*upload));
    if (upload->wanted.progress)
        request.progress = [weak = std::weak_ptr(upload)](qint64 sent, qint64) {
            if (const UploadPtr still = weak.lock())
                still->wanted.progress(still->offset + sent, still->size);
        };
    return request;
}

milliseconds pauseAfter(int failures, const RetryPolicy &policy)
{
    return std::min(policy.firstPause * (1 << std::min(failures - 1, 16)), policy.longestPause);
}

// Counts what fails in a row: nothing, after a pause, as long as it is worth another attempt; else the error.
QCoro::Task<Result<>> afterFailure(UploadPtr upload, Outcome outcome, int failures)
{
    const milliseconds wait = std::max(pauseAfter(failures, upload->session->options.retry), outcome.wait);
    if (!outcome.mayPass || failures >= kFailuresInARow || wait >= upload->deadline.remaining())
        co_return *outcome.error;
    co_return co_await pause(wait, upload->wanted.cancel);
}

QCoro::Task<Result<>> begin(UploadPtr upload)
{
    for (int failures = 1;; ++failures) {
        const Outcome outcome = co_await attempt(upload, beginning(*upload));
        if (!outcome.error) {
            // Behind a proxy a server may name another host than the one we speak to.
            const QUrl location = QUrl::fromEncoded(outcome.reply.header("location"));
            upload->url = urlAt(*upload->session, location.path());
            upload->offset = 0;
            upload->isKnown = true;
            // Whoever has cancelled may be gone.
            if (upload->wanted.pieces.begun && !upload->wanted.cancel.isCancelled())
                upload->wanted.pieces.begun(upload->url.path());
            co_return Result<> {};
        }
        const Result<> again = co_await afterFailure(upload, outcome, failures);
        if (!again)
            co_return again.error();
    }
}

QCoro::Task<Result<>> sendRest(UploadPtr upload)
{
    int failures = 0;
    while (!upload->isKnown || upload->offset < upload->size) {
        Result<HttpRequest> request =
            upload->isKnown ? nextPiece(upload) : Result<HttpRequest>(requestOf(*upload, api::Verb::Head, upload->url));
        if (!request)
            co_return request.error();
        Outcome outcome = co_await attempt(upload, *request);
        const Result<qint64> offset = outcome.error ? Result<qint64>(*outcome.error) : offsetIn(outcome.reply, *upload);
        if (offset) {
            failures = *offset > upload->offset ? 0 : failures;
            upload->offset = *offset;
            if (!std::exchange(upload->isKnown, true) && upload->wanted.progress)
                upload->wanted.progress(upload->offset, upload->size);
            continue;
        }
        upload->isKnown = false;
        outcome.error = offset.error();
        const Result<> again = co_await afterFailure(upload, outcome, ++failures);
        if (!again)
            co_return again.error();
    }
    co_return Result<> {};
}

} // namespace

QCoro::Task<Result<QString>> sendInPieces(SessionPtr session, PiecesRequest request)
{
    const auto upload = std::make_shared<Upload>();
    upload->size = QFile(request.file).size();
    upload->deadline = Deadline::after(session->options.uploadTime);
    upload->isKnown = false;
    if (!request.pieces.upload.isEmpty())
        upload->url = urlAt(*session, request.pieces.upload);
    upload->session = std::move(session);
    upload->wanted = std::move(request);
    int beginnings = 0;
    while (true) {
        Result<> sent;
        if (upload->url.isEmpty()) {
            ++beginnings;
            sent = co_await begin(upload);
        }
        if (sent)
            sent = co_await sendRest(upload);
        if (sent)
            co_return upload->url.path().section(QLatin1Char('/'), -1);
        if (!isLost(sent.error()) || upload->url.isEmpty() || beginnings >= kBeginnings)
            co_return sent.error();
        upload->url.clear();
    }
}

QCoro::Task<Result<>> endPieces(SessionPtr session, QString upload)
{
    const auto ended = std::make_shared<Upload>();
    ended->deadline = Deadline::after(kEndTime);
    ended->url = urlAt(*session, upload);
    ended->session = std::move(session);
    for (int failures = 1;; ++failures) {
        const Outcome outcome = co_await attempt(ended, requestOf(*ended, api::Verb::Delete, ended->url));
        if (!outcome.error)
            co_return Result<> {};
        const Result<> again = co_await afterFailure(ended, outcome, failures);
        if (!again)
            co_return again.error();
    }
}

} // namespace graminsta::client
