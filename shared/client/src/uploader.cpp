// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/uploader.h>

#include "uploadlimits.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace graminsta::client
{

namespace
{

Q_LOGGING_CATEGORY(logUploader, "graminsta.client.uploader")

constexpr int kMostAtOnce = 2;
// What a picture has of which the server says no licence (model::MediaAttachment::license).
constexpr int kAllRightsReserved = 1;

bool isUnderWay(UploadState state)
{
    return state == UploadState::Sending || state == UploadState::Processing;
}

// What was asked for is not there, or the server has no such question.
bool isUnknown(const Error &error)
{
    return error.fault == Fault::NotFound || error.fault == Fault::Gone || error.fault == Fault::Forbidden
        || error.fault == Fault::Invalid;
}

// Says nothing of what the server has.
bool mayPass(const Error &error)
{
    return error.fault == Fault::Unavailable || error.fault == Fault::Timeout || error.fault == Fault::RateLimited
        || error.fault == Fault::Unauthorized;
}

// Of a file that was sent before. Its focus is not compared: it is told again if there is one.
MediaFile describedAt(const model::MediaAttachment &media, const MediaFile &file)
{
    MediaFile described;
    described.description = media.description.value_or(QString());
    if (file.license > 0)
        described.license = media.license ? media.license->id : kAllRightsReserved;
    return described;
}

// Nobody waits for it: what it leaves behind the server sweeps.
QCoro::Task<> takeBack(Media media, UploadRecord record)
{
    Result<> done;
    if (!record.upload.isEmpty())
        done = co_await media.endUpload(record.upload);
    else if (!record.mediaId.isEmpty())
        done = co_await media.remove(record.mediaId);
    if (!done)
        qCDebug(logUploader).noquote() << "left at the server:" << describe(done.error());
}

bool isSameText(const MediaFile &a, const MediaFile &b)
{
    const auto same = [](const std::optional<FocusPoint> &x, const std::optional<FocusPoint> &y) {
        return x.has_value() == y.has_value() && (!x || (x->x == y->x && x->y == y->y));
    };
    return a.description == b.description && a.license == b.license && same(a.focus, b.focus);
}

} // namespace

Uploader::Uploader(Client client, model::InstanceLimits limits, QString owner, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_limits(std::move(limits))
    , m_owner(std::move(owner))
{
}

Uploader::~Uploader() = default;

int Uploader::add(MediaFile file, UploadRecord record)
{
    const int index = count();
    Entry added;
    added.item.file = std::move(file);
    // Another's we could neither use nor take back.
    if (!m_owner.isEmpty() && record.owner == m_owner)
        added.item.record = std::move(record);
    m_items.push_back(std::move(added));
    const int wanted = static_cast<int>(std::count_if(m_items.begin(), m_items.end(), [](const Entry &other) {
        return other.item.state != UploadState::Failed && other.item.state != UploadState::Cancelled;
    }));
    if (std::optional<Error> error = overLimit(item(index).file, m_limits))
        fail(index, std::move(*error));
    else if (wanted > m_limits.maxMediaAttachments)
        fail(index,
             makeError(Fault::TooLarge,
                       QStringLiteral("This would be picture %1 of the post. This server takes up to %2.")
                           .arg(wanted)
                           .arg(m_limits.maxMediaAttachments)));
    else
        startNext();
    return index;
}

void Uploader::describe(int index, const QString &description, std::optional<FocusPoint> focus)
{
    MediaFile &described = entry(index).item.file;
    described.description = description;
    described.focus = focus;
    updateSent(index);
}

void Uploader::license(int index, int license)
{
    entry(index).item.file.license = license;
    updateSent(index);
}

void Uploader::updateSent(int index)
{
    // run() looks again when the file has arrived.
    if (item(index).state == UploadState::Ready)
        run(index);
}

void Uploader::cancel(int index)
{
    entry(index).cancel.reset();
    withdraw(index);
    const UploadState state = item(index).state;
    if (state == UploadState::Failed || state == UploadState::Cancelled)
        return;
    finish(index, UploadState::Cancelled);
}

void Uploader::cancelAll()
{
    // From the end, so that no place becomes free for one that is to be cancelled too.
    for (int index = count() - 1; index >= 0; --index)
        cancel(index);
}

void Uploader::retry(int index)
{
    UploadItem &again = entry(index).item;
    if (again.state != UploadState::Failed && again.state != UploadState::Cancelled)
        return;
    if (std::optional<Error> error = overLimit(again.file, m_limits)) {
        fail(index, std::move(*error));
        return;
    }
    again.state = UploadState::Waiting;
    again.sent = 0;
    Q_EMIT changed(index);
    startNext();
}

bool Uploader::isIdle() const
{
    return std::none_of(m_items.begin(), m_items.end(), [](const Entry &other) {
        return other.item.state == UploadState::Waiting || isUnderWay(other.item.state);
    });
}

QStringList Uploader::mediaIds() const
{
    QStringList ids;
    for (const Entry &other : m_items) {
        if (other.item.state == UploadState::Ready)
            ids.append(other.item.media.id);
    }
    return ids;
}

void Uploader::startNext()
{
    for (int index = 0; index < count(); ++index) {
        const auto running = std::count_if(m_items.begin(), m_items.end(),
                                           [](const Entry &other) { return isUnderWay(other.item.state); });
        if (running >= kMostAtOnce)
            return;
        if (item(index).state == UploadState::Waiting)
            takeUp(index);
    }
}

void Uploader::takeUp(int index)
{
    if (!isOfFile(item(index).record, item(index).file.path))
        withdraw(index);
    setState(index, item(index).record.mediaId.isEmpty() ? UploadState::Sending : UploadState::Processing);
    run(index);
}

void Uploader::setRecord(int index, const UploadRecord &record)
{
    if (std::exchange(entry(index).item.record, record) != record)
        Q_EMIT recorded(index);
}

void Uploader::withdraw(int index)
{
    if (!item(index).record.isEmpty())
        takeBack(m_client.media(), item(index).record);
    setRecord(index, {});
}

void Uploader::setState(int index, UploadState state)
{
    entry(index).item.state = state;
    Q_EMIT changed(index);
}

void Uploader::fail(int index, Error error)
{
    entry(index).item.error = std::move(error);
    finish(index, UploadState::Failed);
}

void Uploader::failAt(int index, const Error &error)
{
    if (!mayPass(error))
        withdraw(index);
    fail(index, error);
}

void Uploader::finish(int index, UploadState state)
{
    setState(index, state);
    startNext();
    if (isIdle())
        Q_EMIT idle();
}

Progress Uploader::progressOf(int index, CancelToken token)
{
    return [self = QPointer<Uploader>(this), index, token](qint64 sent, qint64 total) {
        if (!self || token.isCancelled())
            return;
        self->entry(index).item.sent = sent;
        self->entry(index).item.total = total;
        Q_EMIT self->changed(index);
    };
}

QCoro::Task<Result<model::MediaAttachment>> Uploader::send(int index, CancelToken token)
{
    const MediaFile &file = item(index).file;
    const Media media = m_client.media();
    const UploadRecord fresh = recordOf(m_owner, file.path);
    const bool inPieces = !m_limits.tusPath.isEmpty() && fresh.fileSize > m_client.session()->options.piecesFrom;
    UploadRecord &known = entry(index).item.record;
    if (!inPieces || known.upload.isEmpty())
        known = fresh;
    if (!inPieces)
        return media.upload(file, progressOf(index, token), token);
    const auto begun = [self = QPointer<Uploader>(this), index, fresh, token](const QString &upload) {
        if (!self || token.isCancelled())
            return;
        UploadRecord record = fresh;
        record.upload = upload;
        self->setRecord(index, record);
    };
    return media.uploadInPieces(file, { m_limits.tusPath, known.upload, begun }, progressOf(index, token), token);
}

// Takes the item from its state to Ready or Failed. A cancelled run just ends: whoever cancelled has set the state, and
// the item may be in its next run already.
QCoro::Task<> Uploader::run(int index)
{
    const QPointer<Uploader> self(this);
    entry(index).cancel = std::make_unique<CancelSource>();
    const CancelToken token = entry(index).cancel->token();
    const Media media = m_client.media();

    if (item(index).state == UploadState::Processing) {
        const Result<model::MediaAttachment> known = co_await media.show(item(index).record.mediaId, token);
        if (!self || token.isCancelled())
            co_return;
        if (known) {
            entry(index).item.media = *known;
            entry(index).described = describedAt(*known, item(index).file);
        } else if (isUnknown(known.error())) {
            setRecord(index, {});
            setState(index, UploadState::Sending);
        } else {
            failAt(index, known.error());
            co_return;
        }
    }
    if (item(index).state == UploadState::Sending) {
        const MediaFile sent = item(index).file;
        const Result<model::MediaAttachment> uploaded = co_await send(index, token);
        if (!self || token.isCancelled())
            co_return;
        if (!uploaded) {
            failAt(index, uploaded.error());
            co_return;
        }
        entry(index).item.media = *uploaded;
        entry(index).described = sent;
        UploadRecord arrived = item(index).record;
        arrived.upload.clear();
        arrived.mediaId = uploaded->id;
        setRecord(index, arrived);
        setState(index, UploadState::Processing);
    }
    if (item(index).state == UploadState::Processing) {
        const Result<model::MediaAttachment> ready = co_await media.waitUntilReady(item(index).media, token);
        if (!self || token.isCancelled())
            co_return;
        if (!ready) {
            failAt(index, ready.error());
            co_return;
        }
        entry(index).item.media = *ready;
    }
    while (!isSameText(entry(index).described, item(index).file)) {
        const MediaFile sent = item(index).file;
        const Result<model::MediaAttachment> updated =
            co_await media.update(item(index).media.id, sent.description, sent.focus, sent.license, token);
        if (!self || token.isCancelled())
            co_return;
        if (!updated) {
            if (isUnknown(updated.error()))
                setRecord(index, {});
            fail(index, updated.error());
            co_return;
        }
        entry(index).described = sent;
    }
    finish(index, UploadState::Ready);
}

} // namespace graminsta::client
