// SPDX-License-Identifier: GPL-3.0-or-later
// A post being made: its photos go to the server as soon as they are chosen, so that posting is quick. The draft is
// kept on disk, and with it what the server has of each photo: the next start goes on there, at the same account; at
// another one all is uploaded anew. GUI thread only.
//
//   Writing --post()--> WaitingForUploads --> Posting --> Writing (a new, empty draft)
//      ^                       |                 |
//      +-----------------------+-----------------+   a failure: the draft stays as it is
#pragma once

#include <desktop/compose/draft.h>
#include <desktop/core/accountsession.h>

#include <graminsta/client/uploader.h>

#include <QTimer>

namespace graminsta
{

class ComposeController final : public QObject
{
    Q_OBJECT
public:
    enum class State { Writing, WaitingForUploads, Posting };

    // Goes on with the draft in `draftFolder`.
    ComposeController(std::shared_ptr<AccountSession> session, QString draftFolder, QObject *parent = nullptr);
    ~ComposeController() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const model::InstanceLimits &limits() const { return m_session->instance().limits; }
    // That photos can have at this server; empty: it knows none.
    [[nodiscard]] const QList<model::License> &licenses() const { return m_session->instance().licenses; }
    [[nodiscard]] const Draft &draft() const { return m_draft; }
    [[nodiscard]] int photoCount() const { return static_cast<int>(m_draft.photos.size()); }
    // How far the upload of photo `index` is. Precondition: 0 <= index < photoCount().
    [[nodiscard]] const client::UploadItem &upload(int index) const { return m_uploader->item(m_uploads[index]); }
    // Whether post() would do something, and if not, why, for a person.
    [[nodiscard]] bool canPost() const;
    [[nodiscard]] QString obstacle() const;

    // Files over the number of photos that the server takes are left out, with a message.
    void addFiles(const QStringList &files);
    // The picture or the files on the clipboard; false if there are none.
    bool addPasted();
    // Takes back from the server what it has of the photo; so does cancelUpload(), and discard() of all.
    void removePhoto(int index);
    void movePhoto(int from, int to);
    void describe(int index, const QString &description);
    void cancelUpload(int index);
    void retryUpload(int index);
    void setCaption(const QString &caption);
    void setVisibility(const QString &visibility);
    void setLicense(int license);
    void discard();

    // Waits for the uploads, then posts.
    void post();

Q_SIGNALS:
    // Photos came, went or changed places.
    void photosChanged();
    void uploadChanged(int index);
    void changed();
    void posted(const graminsta::model::Status &status);
    void failed(const QString &message);

private:
    void startOver();
    void beginUpload(DraftPhoto &photo);
    void keepRecord(int upload);
    void edited();
    void save();
    void sendDescriptions();
    void uploadsEnded();
    QCoro::Task<> send();
    QCoro::Task<> lookForDuplicate();
    void succeeded(const model::Status &status);
    void setState(State state);
    [[nodiscard]] QStringList mediaIds() const;

    std::shared_ptr<AccountSession> m_session;
    QString m_folder;
    Draft m_draft;
    std::unique_ptr<client::Uploader> m_uploader;
    QList<int> m_uploads; // for each photo of the draft its index at the uploader
    State m_state = State::Writing;
    QTimer m_saveLater;
    QTimer m_describeLater; // the server need not hear of each letter
    client::CancelSource m_cancel;
};

} // namespace graminsta
