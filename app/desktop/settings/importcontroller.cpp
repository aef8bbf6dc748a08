// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/importcontroller.h>

#include <desktop/settings/archivewords.h>

#include <graminsta/core/logging.h>

#include <QFile>
#include <QFileInfo>
#include <QPointer>

namespace graminsta
{

namespace
{

Q_LOGGING_CATEGORY(logArchives, "graminsta.app.archives")

constexpr std::chrono::hours kWorthShowing { 24 };

// What can be seen before gigabytes are sent.
Result<qint64> sizeOfArchive(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(Fault::NotFound, QStringLiteral("“%1” cannot be read: %2.").arg(name, file.errorString()));
    }
    if (file.read(2) != "PK") {
        return makeError(Fault::Invalid,
                         QStringLiteral("“%1” is no archive of an account: it is not a ZIP file.").arg(name));
    }
    return file.size();
}

} // namespace

ImportController::ImportController(std::shared_ptr<AccountSession> session, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
{
}

void ImportController::enter(State state, const QString &message)
{
    m_state = state;
    m_message = message;
    Q_EMIT changed();
}

void ImportController::load()
{
    if (m_state == State::Idle) {
        find();
    } else if (isOutOfSight()) {
        look();
    }
}

QCoro::Task<> ImportController::find()
{
    const QPointer<ImportController> self(this);
    const auto listed = co_await m_session->client().archives().listImports({}, m_cancel.token());
    if (!self || m_state != State::Idle) {
        co_return;
    }
    // Nobody has asked for it: no message.
    if (!listed) {
        qCWarning(logArchives).noquote() << describe(listed.error());
        co_return;
    }
    for (const model::AccountImport &import : listed->items) {
        if (import.dryRun) {
            continue;
        }
        const bool isRecent =
            import.finishedAt && *import.finishedAt > SystemClock().now() - kWorthShowing && import.id != m_dismissed;
        if (isUnderWay(import) || isRecent) {
            takeIn(import);
        }
        co_return;
    }
}

void ImportController::choose(const QString &file)
{
    if (m_state != State::Idle && m_state != State::Chosen && m_state != State::Over) {
        return;
    }
    const Result<qint64> size = sizeOfArchive(file);
    if (!size) {
        enter(State::Idle, messageOf(size.error()));
        return;
    }
    dismiss();
    m_file = file;
    m_fileBytes = *size;
    enter(State::Chosen);
}

void ImportController::start()
{
    if (m_state == State::Chosen) {
        m_sent = 0;
        m_cancelSending = client::CancelSource();
        enter(State::Sending);
        send();
    }
}

QCoro::Task<> ImportController::send()
{
    const QPointer<ImportController> self(this);
    const auto progress = [self](qint64 sent, qint64) {
        if (self) {
            self->m_sent = std::min(sent, self->m_fileBytes);
            Q_EMIT self->progressed();
        }
    };
    const auto begun = co_await m_session->client().archives().bring(m_file, progress, m_cancelSending.token());
    if (!self) {
        co_return;
    }
    if (begun) {
        takeIn(*begun);
    } else if (begun.error().fault == Fault::Cancelled) {
        enter(State::Idle);
    } else if (begun.error().fault == Fault::Unavailable || begun.error().fault == Fault::Timeout) {
        findWhatMayHaveArrived(begun.error());
    } else {
        enter(State::Chosen, archiveMessage(begun.error()));
    }
}

// When the answer was lost, the archive may be being taken in all the same. One is at a time.
QCoro::Task<> ImportController::findWhatMayHaveArrived(Error error)
{
    const QPointer<ImportController> self(this);
    const auto listed = co_await m_session->client().archives().listImports({}, m_cancelSending.token());
    if (!self) {
        co_return;
    }
    if (listed && !listed->items.isEmpty() && isUnderWay(listed->items.first())) {
        takeIn(listed->items.first());
    } else {
        enter(State::Chosen, archiveMessage(error));
    }
}

void ImportController::takeIn(const model::AccountImport &import)
{
    m_import = import;
    m_following = true;
    enter(State::TakingIn);
    follow(import.id);
}

QCoro::Task<> ImportController::follow(QString id)
{
    const QPointer<ImportController> self(this);
    const auto progress = [self](const model::AccountImport &import) {
        if (self && self->m_import.id == import.id) {
            self->m_import = import;
            Q_EMIT self->progressed();
        }
    };
    const auto ended = co_await m_session->client().archives().waitUntilTakenIn(id, progress, m_cancel.token());
    if (!self || m_state != State::TakingIn || m_import.id != id) {
        co_return;
    }
    m_following = false;
    if (ended) {
        over(*ended);
    } else if (ended.error().fault == Fault::NotFound) {
        enter(State::Idle, QStringLiteral("It was stopped. What was taken in before that stays."));
    } else {
        enter(State::TakingIn, archiveMessage(ended.error()));
    }
}

void ImportController::over(const model::AccountImport &import)
{
    m_import = import;
    enter(State::Over);
    refreshAccount();
}

// Its profile and its numbers may be others now.
QCoro::Task<> ImportController::refreshAccount()
{
    const QPointer<ImportController> self(this);
    const auto account = co_await m_session->client().accounts().verifyCredentials(m_cancel.token());
    if (!self) {
        co_return;
    }
    if (account) {
        m_session->setAccount(*account);
    } else {
        qCWarning(logArchives).noquote() << describe(account.error());
    }
}

void ImportController::look()
{
    if (isOutOfSight()) {
        takeIn(m_import);
    }
}

void ImportController::cancel()
{
    if (m_state == State::Chosen) {
        enter(State::Idle);
    } else if (m_state == State::Sending) {
        m_cancelSending.cancel();
    }
}

void ImportController::stop()
{
    if (m_state == State::TakingIn) {
        sendStop();
    }
}

QCoro::Task<> ImportController::sendStop()
{
    const QPointer<ImportController> self(this);
    const auto stopped = co_await m_session->client().archives().removeImport(m_import.id, m_cancel.token());
    // It may have come to its end meanwhile.
    if (!self || m_state != State::TakingIn) {
        co_return;
    }
    if (stopped) {
        enter(State::Idle, QStringLiteral("It was stopped. What was taken in before that stays."));
    } else {
        enter(State::TakingIn, archiveMessage(stopped.error()));
    }
}

void ImportController::dismiss()
{
    if (m_state == State::Over) {
        m_dismissed = m_import.id;
        enter(State::Idle);
    }
}

} // namespace graminsta
