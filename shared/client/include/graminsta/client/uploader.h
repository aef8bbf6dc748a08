// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads the files of one status: in order, at most two at a time, each with its progress. Lives in the thread with
// the event loop; deleting it cancels what is under way.
//
//   Waiting -> Sending -> Processing -> Ready
//      ^          |           |
//      |          +-----------+--> Failed, Cancelled
//      +---------- retry() -----------+
#pragma once

#include <graminsta/client/client.h>

#include <QObject>

#include <vector>

namespace graminsta::client
{

enum class UploadState { Waiting, Sending, Processing, Ready, Failed, Cancelled };

struct UploadItem {
    MediaFile file;
    UploadState state = UploadState::Waiting;
    qint64 sent = 0;
    qint64 total = 0;
    model::MediaAttachment media; // in Processing (its id) and Ready
    Error error; // in Failed
};

class Uploader : public QObject
{
    Q_OBJECT
public:
    Uploader(Client client, model::InstanceLimits limits, QObject *parent = nullptr);
    ~Uploader() override;

    // Begins as soon as a place is free. Returns the item's index, which never changes. A file over a limit of the
    // server is Failed at once, with a text that names the file, the limit and its size; nothing is sent.
    int add(MediaFile file);
    // Alt text, focus and licence may change at any time: what has been sent already is updated at the server.
    void describe(int index, const QString &description, std::optional<FocusPoint> focus);
    void license(int index, int license);
    // A Ready item too: it then counts neither for the limit of pictures nor for mediaIds().
    void cancel(int index);
    void cancelAll();
    // Starts a Failed or Cancelled item again; others stay as they are.
    void retry(int index);

    [[nodiscard]] int count() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] const UploadItem &item(int index) const { return m_items.at(static_cast<size_t>(index)).item; }
    // Whether nothing is waiting or under way.
    [[nodiscard]] bool isIdle() const;
    // Of the Ready items, in the order they were added.
    [[nodiscard]] QStringList mediaIds() const;

Q_SIGNALS:
    void changed(int index);
    // Nothing is waiting or under way any more; item() says how each ended.
    void idle();

private:
    struct Entry {
        UploadItem item;
        MediaFile described; // what the server has of its description, focus and licence
        std::unique_ptr<CancelSource> cancel; // of the run under way
    };

    void startNext();
    QCoro::Task<> run(int index);
    // Of what has been sent.
    void updateSent(int index);
    void setState(int index, UploadState state);
    void finish(int index, UploadState state);
    void fail(int index, Error error);
    [[nodiscard]] Progress progressOf(int index, CancelToken token);
    [[nodiscard]] Entry &entry(int index) { return m_items.at(static_cast<size_t>(index)); }

    Client m_client;
    model::InstanceLimits m_limits;
    std::vector<Entry> m_items;
};

} // namespace graminsta::client
