// SPDX-License-Identifier: GPL-3.0-or-later
// Bringing an archive into one's account: what will happen, how far it is, what has become of it. GUI thread only.
#pragma once

#include <desktop/settings/importcontroller.h>

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace graminsta
{

class Navigator;

class ImportPanel final : public QWidget
{
    Q_OBJECT
public:
    // `navigator` outlives the panel.
    ImportPanel(std::shared_ptr<AccountSession> session, Navigator &navigator, QWidget *parent = nullptr);

    [[nodiscard]] ImportController &controller() { return *m_controller; }

private:
    void layOut();
    void listen();
    void askWhich();
    void showState();
    void showProgress();
    void keepFocus();
    void showProblems(bool wanted);
    [[nodiscard]] QString titleOf(ImportController::State state) const;
    [[nodiscard]] QString textOf(ImportController::State state) const;

    Navigator &m_navigator;
    ImportController *m_controller;
    QLabel *m_title;
    QLabel *m_text;
    QProgressBar *m_progress;
    QLabel *m_message;
    QPlainTextEdit *m_problems;
    QPushButton *m_choose;
    QPushButton *m_start;
    QPushButton *m_look;
    QPushButton *m_details;
    QPushButton *m_leave; // cancel, stop or done, as the state has it
};

} // namespace graminsta
