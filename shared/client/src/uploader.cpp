// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/uploader.h>

#include "uploadlimits.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace graminsta::client
{

namespace
{

constexpr int kMostAtOnce = 2;

bool isUnderWay(UploadState state)
{
    return state == UploadState::Sending || state == UploadState::Processing;
}

bool isSameText(const MediaFile &a, const MediaFile &b)
{
    const auto same = [](const std::optional<FocusPoint> &x, const std::optional<FocusPoint> &y) {
        return x.has_value() == y.has_value() && (!x || (x->x == y->x && x->y == y->y));
    };
    return a.description == b.description && a.license == b.license && same(a.focus, b.focus);
}

} // namespace

Uploader::Uploader(Client client, model::InstanceLimits limits, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_limits(std::move(limits))
{
}

Uploader::~Uploader() = default;

int Uploader::add(MediaFile file)
{
    const int index = count();
    Entry added;
    added.item.file = std::move(file);
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
    Entry &cancelled = entry(index);
    if (cancelled.item.state == UploadState::Failed || cancelled.item.state == UploadState::Cancelled)
        return;
    cancelled.cancel.reset();
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
        if (item(index).state == UploadState::Waiting) {
            setState(index, UploadState::Sending);
            run(index);
        }
    }
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

// Takes the item from its state to Ready or Failed. A cancelled run just ends: whoever cancelled has set the state, and
// the item may be in its next run already.
QCoro::Task<> Uploader::run(int index)
{
    const QPointer<Uploader> self(this);
    entry(index).cancel = std::make_unique<CancelSource>();
    const CancelToken token = entry(index).cancel->token();
    const Media media = m_client.media();
    MediaFile sent = item(index).file;

    if (item(index).state == UploadState::Sending) {
        const bool inPieces =
            !m_limits.tusPath.isEmpty() && QFileInfo(sent.path).size() > m_client.session()->options.piecesFrom;
        auto sending = inPieces ? media.uploadInPieces(sent, m_limits.tusPath, progressOf(index, token), token)
                                : media.upload(sent, progressOf(index, token), token);
        Result<model::MediaAttachment> uploaded = co_await sending;
        if (!self || token.isCancelled())
            co_return;
        if (!uploaded) {
            fail(index, uploaded.error());
            co_return;
        }
        entry(index).item.media = *uploaded;
        setState(index, UploadState::Processing);
        Result<model::MediaAttachment> ready = co_await media.waitUntilReady(*uploaded, token);
        if (!self || token.isCancelled())
            co_return;
        if (!ready) {
            fail(index, ready.error());
            co_return;
        }
        entry(index).item.media = *ready;
        entry(index).described = sent;
    }
    while (!isSameText(entry(index).described, item(index).file)) {
        sent = item(index).file;
        const Result<model::MediaAttachment> updated =
            co_await media.update(item(index).media.id, sent.description, sent.focus, sent.license, token);
        if (!self || token.isCancelled())
            co_return;
        if (!updated) {
            fail(index, updated.error());
            co_return;
        }
        entry(index).described = sent;
    }
    finish(index, UploadState::Ready);
}

} // namespace graminsta::client
