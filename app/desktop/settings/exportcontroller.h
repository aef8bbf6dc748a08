// SPDX-License-Identifier: GPL-3.0-or-later
// The archives of the user's account at its server: asked for, made, brought to a file. GUI thread only.
#pragma once

#include <desktop/core/accountsession.h>

#include <graminsta/model/archives.h>

#include <QSet>

#include <optional>

namespace graminsta
{

class ExportController final : public QObject
{
    Q_OBJECT
public:
    enum class State { Loading, Ready, Failed }; // of the list

    // On its way to a file.
    struct Saving {
        QString id;
        QString file;
        qint64 received = 0;
        qint64 total = 0;
    };

    explicit ExportController(std::shared_ptr<AccountSession> session, QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    // In Failed: why the list may be wrong.
    [[nodiscard]] const QString &message() const { return m_message; }
    // The newest first.
    [[nodiscard]] const QList<model::AccountExport> &archives() const { return m_archives; }
    // Whether create() would do something: one is made at a time.
    [[nodiscard]] bool canCreate() const;
    [[nodiscard]] const std::optional<Saving> &saving() const { return m_saving; }
    // "graminsta-anna-2026-12-01.zip"
    [[nodiscard]] QString suggestedName(const model::AccountExport &made) const;

    // Asks the server for all of them. What is known stays until the answer.
    void load();
    void create();
    // Ends the making of one that is not done.
    void remove(const QString &id);
    // One at a time: does nothing while another is being saved, or if there is no such archive.
    void save(const QString &id, const QString &file);
    void cancelSaving();

Q_SIGNALS:
    void changed();
    void savingChanged();
    void made();
    void saved(const QString &file);
    void failed(const QString &message);

private:
    QCoro::Task<> fetch();
    QCoro::Task<> ask();
    QCoro::Task<> follow(QString id);
    QCoro::Task<> sendRemove(QString id);
    QCoro::Task<> receive(model::AccountExport made, QString file);
    void followAll();
    [[nodiscard]] qsizetype indexOf(const QString &id) const;
    void take(const model::AccountExport &now);
    void drop(const QString &id);
    void fail(const Error &error);

    std::shared_ptr<AccountSession> m_session;
    State m_state = State::Loading;
    QString m_message;
    QList<model::AccountExport> m_archives;
    QSet<QString> m_followed; // by id: asked about until they are made
    std::optional<Saving> m_saving;
    bool m_fetching = false;
    bool m_asking = false;
    int m_edits = 0; // tells a list from before a change from one after it
    client::CancelSource m_cancel;
    client::CancelSource m_cancelSaving;
};

} // namespace graminsta
