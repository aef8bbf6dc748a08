// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/compose/composecontroller.h>

#include <desktop/compose/incoming.h>
#include <desktop/core/statusactions.h>
#include <desktop/core/wording.h>

#include <graminsta/core/secrets.h>

#include <QFileInfo>
#include <QPointer>

namespace graminsta
{

namespace
{

constexpr std::chrono::milliseconds kSavePause { 400 };
constexpr std::chrono::milliseconds kDescribePause { 900 };

} // namespace

ComposeController::ComposeController(std::shared_ptr<AccountSession> session, QString draftFolder, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_folder(std::move(draftFolder))
{
    m_saveLater.setSingleShot(true);
    m_saveLater.setInterval(kSavePause);
    connect(&m_saveLater, &QTimer::timeout, this, &ComposeController::save);
    m_describeLater.setSingleShot(true);
    m_describeLater.setInterval(kDescribePause);
    connect(&m_describeLater, &QTimer::timeout, this, &ComposeController::sendDescriptions);
    startOver();
    m_draft = readDraft(m_folder);
    for (DraftPhoto &photo : m_draft.photos) {
        beginUpload(photo);
    }
}

ComposeController::~ComposeController()
{
    if (m_saveLater.isActive()) {
        save();
    }
}

// A new draft has an uploader of its own; the old one's uploads stop with it.
void ComposeController::startOver()
{
    m_draft = {};
    m_uploads.clear();
    m_describeLater.stop();
    m_uploader = std::make_unique<client::Uploader>(m_session->client(), limits(), m_session->name());
    connect(m_uploader.get(), &client::Uploader::changed, this, [this](int upload) {
        const auto index = static_cast<int>(m_uploads.indexOf(upload));
        if (index >= 0) {
            Q_EMIT uploadChanged(index);
            Q_EMIT changed();
        }
    });
    connect(m_uploader.get(), &client::Uploader::recorded, this, &ComposeController::keepRecord);
    connect(m_uploader.get(), &client::Uploader::idle, this, &ComposeController::uploadsEnded);
}

void ComposeController::beginUpload(DraftPhoto &photo)
{
    client::MediaFile file;
    file.path = photo.path;
    file.description = photo.description;
    file.license = licenses().isEmpty() ? 0 : m_draft.license;
    m_uploads.append(m_uploader->add(file, photo.upload));
    // Without that of another account, say.
    photo.upload = m_uploader->item(m_uploads.last()).record;
}

// At once: the app may be killed the moment after.
void ComposeController::keepRecord(int upload)
{
    const auto index = static_cast<int>(m_uploads.indexOf(upload));
    if (index >= 0) {
        m_draft.photos[index].upload = m_uploader->item(upload).record;
        save();
    }
}

void ComposeController::addFiles(const QStringList &files)
{
    const int room = limits().maxMediaAttachments - photoCount();
    for (const QString &path : files.mid(0, std::max(0, room))) {
        m_draft.photos.append({ path, {} });
        beginUpload(m_draft.photos.last());
    }
    if (files.size() > room) {
        Q_EMIT failed(
            QStringLiteral("A post holds %1 photos at this server; %2 left out.")
                .arg(limits().maxMediaAttachments)
                .arg(counted(files.size() - std::max(0, room), QStringLiteral("was"), QStringLiteral("were"))));
    }
    edited();
    Q_EMIT photosChanged();
}

bool ComposeController::addPasted()
{
    const QStringList files = pastedPhotos(m_folder);
    if (!files.isEmpty()) {
        addFiles(files);
    }
    return !files.isEmpty();
}

void ComposeController::removePhoto(int index)
{
    m_uploader->cancel(m_uploads[index]);
    m_uploads.removeAt(index);
    m_draft.photos.removeAt(index);
    edited();
    Q_EMIT photosChanged();
}

void ComposeController::movePhoto(int from, int to)
{
    if (to >= 0 && to < photoCount()) {
        m_draft.photos.move(from, to);
        m_uploads.move(from, to);
        edited();
        Q_EMIT photosChanged();
    }
}

void ComposeController::describe(int index, const QString &description)
{
    m_draft.photos[index].description = description;
    m_describeLater.start();
    edited();
}

void ComposeController::sendDescriptions()
{
    m_describeLater.stop();
    for (int i = 0; i < photoCount(); ++i) {
        const QString &description = m_draft.photos[i].description;
        if (upload(i).file.description != description) {
            m_uploader->describe(m_uploads[i], description, {});
        }
    }
}

void ComposeController::cancelUpload(int index)
{
    m_uploader->cancel(m_uploads[index]);
}

void ComposeController::retryUpload(int index)
{
    m_uploader->retry(m_uploads[index]);
}

void ComposeController::setCaption(const QString &caption)
{
    m_draft.caption = caption;
    edited();
}

void ComposeController::setVisibility(const QString &visibility)
{
    m_draft.visibility = visibility;
    edited();
}

void ComposeController::setLicense(int license)
{
    m_draft.license = license;
    for (const int upload : std::as_const(m_uploads)) {
        m_uploader->license(upload, licenses().isEmpty() ? 0 : license);
    }
    edited();
}

void ComposeController::discard()
{
    m_cancel = client::CancelSource();
    // Nobody need hear how the uploads of a discarded draft end.
    m_uploader->disconnect(this);
    m_uploader->cancelAll();
    startOver();
    save();
    setState(State::Writing);
    Q_EMIT photosChanged();
}

void ComposeController::edited()
{
    // Another content is another post.
    m_draft.idempotencyKey.clear();
    m_saveLater.start();
    Q_EMIT changed();
}

void ComposeController::save()
{
    m_saveLater.stop();
    if (const Result<> saved = writeDraft(m_folder, m_draft); !saved) {
        Q_EMIT failed(messageOf(saved.error()));
    }
}

bool ComposeController::canPost() const
{
    return m_state == State::Writing && obstacle().isEmpty();
}

QString ComposeController::obstacle() const
{
    if (m_draft.photos.isEmpty()) {
        return QStringLiteral("Add a photo first.");
    }
    const auto over = m_draft.caption.size() - limits().maxCharacters;
    if (over > 0) {
        return QStringLiteral("The caption is %1 characters too long.").arg(over);
    }
    for (int i = 0; i < photoCount(); ++i) {
        const client::UploadState state = upload(i).state;
        if (state == client::UploadState::Failed || state == client::UploadState::Cancelled) {
            return QStringLiteral("“%1” was not uploaded: try again or remove it.")
                .arg(QFileInfo(m_draft.photos[i].path).fileName());
        }
    }
    return {};
}

void ComposeController::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void ComposeController::post()
{
    if (!canPost()) {
        return;
    }
    sendDescriptions();
    if (m_uploader->isIdle()) {
        send();
    } else {
        setState(State::WaitingForUploads);
    }
}

void ComposeController::uploadsEnded()
{
    if (m_state != State::WaitingForUploads) {
        return;
    }
    setState(State::Writing);
    if (canPost()) {
        send();
    } else {
        Q_EMIT failed(obstacle());
    }
}

// In the order of the draft, which need not be the one in which they were added.
QStringList ComposeController::mediaIds() const
{
    QStringList ids;
    for (int i = 0; i < photoCount(); ++i) {
        ids += upload(i).media.id;
    }
    return ids;
}

QCoro::Task<> ComposeController::send()
{
    const QPointer<ComposeController> self(this);
    setState(State::Posting);
    if (m_draft.idempotencyKey.isEmpty()) {
        m_draft.idempotencyKey = randomToken(16);
        save();
    }
    client::NewStatus status;
    status.text = m_draft.caption.trimmed();
    status.mediaIds = mediaIds();
    status.visibility = m_draft.visibility;
    status.idempotencyKey = m_draft.idempotencyKey;
    const client::CancelToken cancel = m_cancel.token();
    const Result<model::Status> made = co_await m_session->client().statuses().create(status, cancel);
    if (!self || cancel.isCancelled()) {
        co_return;
    }
    if (made) {
        succeeded(*made);
    } else if (made.error().fault == Fault::Conflict) {
        lookForDuplicate();
    } else {
        setState(State::Writing);
        Q_EMIT failed(messageOf(made.error()));
    }
}

// The server has had this post before and does not say what became of it (Pixelfed): it is among the newest, or not.
QCoro::Task<> ComposeController::lookForDuplicate()
{
    const QPointer<ComposeController> self(this);
    const client::CancelToken cancel = m_cancel.token();
    const client::PageRequest newest = client::PageRequest::first(5);
    const Result<client::Page<model::Status>> own = co_await m_session->client().accounts().statuses(
        m_session->account().id, newest, client::AccountStatuses::OnlyMedia, cancel);
    if (!self || cancel.isCancelled()) {
        co_return;
    }
    const QString first = mediaIds().value(0);
    if (own) {
        for (const model::Status &status : own->items) {
            if (!status.mediaAttachments.isEmpty() && status.mediaAttachments.first().id == first) {
                succeeded(status);
                co_return;
            }
        }
    }
    setState(State::Writing);
    Q_EMIT failed(QStringLiteral("The server says that it has this post already. Look at your profile before you post "
                                 "it again."));
}

void ComposeController::succeeded(const model::Status &status)
{
    startOver();
    save();
    setState(State::Writing);
    Q_EMIT photosChanged();
    m_session->actions().announcePosted(status);
    Q_EMIT posted(status);
}

} // namespace graminsta
