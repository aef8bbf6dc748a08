// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/exportcontroller.h>

#include <desktop/settings/archivewords.h>

#include <QPointer>

#include <algorithm>

namespace graminsta
{

ExportController::ExportController(std::shared_ptr<AccountSession> session, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
{
}

bool ExportController::canCreate() const
{
    return m_state == State::Ready && !m_asking && !m_fetching
        && std::none_of(m_archives.cbegin(), m_archives.cend(), isUnderWay<model::AccountExport>);
}

QString ExportController::suggestedName(const model::AccountExport &made) const
{
    return QStringLiteral("graminsta-%1-%2.zip")
        .arg(m_session->account().username, toRfc3339(made.createdAt).left(QStringLiteral("2026-12-01").size()));
}

qsizetype ExportController::indexOf(const QString &id) const
{
    const auto found = std::find_if(m_archives.cbegin(), m_archives.cend(),
                                    [&id](const model::AccountExport &made) { return made.id == id; });
    return found == m_archives.cend() ? -1 : found - m_archives.cbegin();
}

void ExportController::load()
{
    if (m_fetching) {
        return;
    }
    if (m_state == State::Failed) {
        m_state = State::Loading;
        Q_EMIT changed();
    }
    fetch();
}

QCoro::Task<> ExportController::fetch()
{
    const QPointer<ExportController> self(this);
    m_fetching = true;
    const int edits = m_edits;
    const auto listed = co_await m_session->client().archives().list({}, m_cancel.token());
    if (!self) {
        co_return;
    }
    m_fetching = false;
    if (edits != m_edits) {
        fetch();
        co_return;
    }
    if (listed) {
        m_archives = listed->items;
        m_state = State::Ready;
        m_message.clear();
        followAll();
    } else {
        m_state = State::Failed;
        m_message = archiveMessage(listed.error());
    }
    Q_EMIT changed();
}

void ExportController::create()
{
    if (canCreate()) {
        m_asking = true;
        Q_EMIT changed();
        ask();
    }
}

QCoro::Task<> ExportController::ask()
{
    const QPointer<ExportController> self(this);
    const auto asked = co_await m_session->client().archives().create(m_cancel.token());
    if (!self) {
        co_return;
    }
    m_asking = false;
    if (asked) {
        ++m_edits;
        m_archives.prepend(*asked);
        followAll();
    } else {
        fail(asked.error());
        // The answer may be what was lost, and another app may have asked.
        load();
    }
    Q_EMIT changed();
}

void ExportController::followAll()
{
    for (const model::AccountExport &made : std::as_const(m_archives)) {
        if (isUnderWay(made) && !m_followed.contains(made.id)) {
            m_followed.insert(made.id);
            follow(made.id);
        }
    }
}

QCoro::Task<> ExportController::follow(QString id)
{
    const QPointer<ExportController> self(this);
    const auto over = co_await m_session->client().archives().waitUntilMade(id, m_cancel.token());
    if (!self) {
        co_return;
    }
    m_followed.remove(id);
    if (over) {
        take(*over);
    } else if (over.error().fault == Fault::NotFound) {
        drop(id);
    } else {
        m_state = State::Failed;
        m_message = archiveMessage(over.error());
    }
    Q_EMIT changed();
}

void ExportController::take(const model::AccountExport &now)
{
    const qsizetype index = indexOf(now.id);
    if (index < 0) {
        return;
    }
    ++m_edits;
    m_archives[index] = now;
    if (isDone(now)) {
        Q_EMIT made();
    }
}

void ExportController::drop(const QString &id)
{
    if (const qsizetype index = indexOf(id); index >= 0) {
        ++m_edits;
        m_archives.removeAt(index);
    }
}

void ExportController::remove(const QString &id)
{
    if (m_saving && m_saving->id == id) {
        cancelSaving();
    }
    sendRemove(id);
}

QCoro::Task<> ExportController::sendRemove(QString id)
{
    const QPointer<ExportController> self(this);
    const auto removed = co_await m_session->client().archives().remove(id, m_cancel.token());
    if (!self) {
        co_return;
    }
    if (removed) {
        drop(id);
        Q_EMIT changed();
    } else {
        fail(removed.error());
    }
}

void ExportController::save(const QString &id, const QString &file)
{
    const qsizetype index = indexOf(id);
    if (m_saving || index < 0 || !isDone(m_archives.at(index))) {
        return;
    }
    m_cancelSaving = client::CancelSource();
    m_saving = Saving { id, file, 0, m_archives.at(index).bytes };
    Q_EMIT changed();
    receive(m_archives.at(index), file);
}

QCoro::Task<> ExportController::receive(model::AccountExport made, QString file)
{
    const QPointer<ExportController> self(this);
    const auto progress = [self](qint64 received, qint64) {
        if (self && self->m_saving) {
            self->m_saving->received = received;
            Q_EMIT self->savingChanged();
        }
    };
    const Result<> received =
        co_await m_session->client().archives().save(made, file, progress, m_cancelSaving.token());
    if (!self) {
        co_return;
    }
    m_saving.reset();
    if (received) {
        Q_EMIT saved(file);
    } else if (received.error().fault == Fault::NotFound) {
        // Its time has passed, or another app has deleted it.
        drop(made.id);
        fail(received.error());
    } else if (received.error().fault != Fault::Cancelled) {
        fail(received.error());
    }
    Q_EMIT changed();
}

void ExportController::cancelSaving()
{
    m_cancelSaving.cancel();
}

void ExportController::fail(const Error &error)
{
    Q_EMIT failed(archiveMessage(error));
}

} // namespace graminsta
