// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads the files of one status: in order, at most two at a time, each with its progress. Lives in the thread with
// the event loop; deleting it stops what is under way, and leaves at the server what has arrived.
//
//      +----- the server has the file already ---+   asked for, not sent
//      |                                         v
//   Waiting -------------> Sending ---------> Processing -> Ready
//      ^                    |   ^                |  |         |
//      |                    |   +-- not known ---+  |         |
//      |                    |       any more        |         |
//      |                    +-----------+-----------+         |
//      |                                v                     |
//      +---------- retry() ----- Failed, Cancelled <----------+  cancel()
//
// Each item has a record of what the server has of it: the upload in pieces as soon as that is made, then the media
// attachment. Given to another Uploader for the same account, also of a later process, the item goes on there: nothing
// that has arrived is sent again. So does retry() after a failure that may pass. A record is dropped, and the file sent
// from its beginning, where it is another account's or server's, where the file has changed, and where the server does
// not know the upload or the attachment any more. What is cancelled is withdrawn from the server, without waiting.
#pragma once

#include <graminsta/client/client.h>
#include <graminsta/client/uploadrecord.h>

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
    UploadRecord record;
};

class Uploader : public QObject
{
    Q_OBJECT
public:
    // `owner` names the account and its server, in the same words at each start. Without it no record is gone on with.
    Uploader(Client client, model::InstanceLimits limits, QString owner = {}, QObject *parent = nullptr);
    ~Uploader() override;

    // Begins as soon as a place is free. Returns the item's index, which never changes. A file over a limit of the
    // server is Failed at once, with a text that names the file, the limit and its size; nothing is sent. With the
    // record of an item of before it goes on with that.
    int add(MediaFile file, UploadRecord record = {});
    // Alt text, focus and licence may change at any time: what has been sent already is updated at the server.
    void describe(int index, const QString &description, std::optional<FocusPoint> focus);
    void license(int index, int license);
    // A Ready item too: it then counts neither for the limit of pictures nor for mediaIds(). Takes back what the server
    // has of it, of a Failed item too, as far as the server lets it.
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
    // item().record is another one: whoever keeps it does so now.
    void recorded(int index);
    // Nothing is waiting or under way any more; item() says how each ended.
    void idle();

private:
    struct Entry {
        UploadItem item;
        MediaFile described; // what the server has of its description, focus and licence
        std::unique_ptr<CancelSource> cancel; // of the run under way
    };

    void startNext();
    void takeUp(int index);
    QCoro::Task<> run(int index);
    [[nodiscard]] QCoro::Task<Result<model::MediaAttachment>> send(int index, CancelToken token);
    void setRecord(int index, const UploadRecord &record);
    // Has the server remove what the record names.
    void withdraw(int index);
    // Of what has been sent.
    void updateSent(int index);
    void setState(int index, UploadState state);
    void finish(int index, UploadState state);
    void fail(int index, Error error);
    // With what the server has left to go on with, unless it said that this will not do.
    void failAt(int index, const Error &error);
    [[nodiscard]] Progress progressOf(int index, CancelToken token);
    [[nodiscard]] Entry &entry(int index) { return m_items.at(static_cast<size_t>(index)); }

    Client m_client;
    model::InstanceLimits m_limits;
    QString m_owner;
    std::vector<Entry> m_items;
};

} // namespace graminsta::client
