// SPDX-License-Identifier: GPL-3.0-or-later
// Where the server on this computer keeps its data: stage 1 (SQLite) or stage 10 (PostgreSQL). GUI thread only.
#pragma once

#include <desktop/settings/section.h>
#include <desktop/settings/serverprofile.h>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace graminsta
{

class SessionController;

class ServerSection final : public Section
{
    Q_OBJECT
public:
    ServerSection(LocalBackend &backend, SessionController &sessions, QWidget *parent = nullptr);

private:
    void listen();
    void showState();
    [[nodiscard]] ServerProfile chosen() const;
    void test();
    void apply();
    void sessionChanged();
    void goBack();
    void say(const QString &role, const QString &message);
    void choose(const ServerProfile &profile);
    void restart();

    LocalBackend &m_backend;
    SessionController &m_sessions;
    ProfileTest m_test;
    ServerProfile m_inUse;
    ServerProfile m_before; // what apply() has replaced
    bool m_applying = false;
    QRadioButton *m_sqlite;
    QRadioButton *m_postgres;
    QLineEdit *m_url;
    QPushButton *m_testButton;
    QPushButton *m_apply;
    QPushButton *m_back;
    QPushButton *m_log;
    QLabel *m_message;
};

// The end of the server's log in a window of its own, which deletes itself.
void showServerLog(const QString &file, QWidget *parent);

} // namespace graminsta
