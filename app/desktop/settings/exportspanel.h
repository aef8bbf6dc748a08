// SPDX-License-Identifier: GPL-3.0-or-later
// Making archives of one's account and bringing them to a file. GUI thread only.
#pragma once

#include <desktop/settings/exportcontroller.h>

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace graminsta
{

class ExportRow;
class Navigator;

class ExportsPanel final : public QWidget
{
    Q_OBJECT
public:
    // `navigator` outlives the panel.
    ExportsPanel(std::shared_ptr<AccountSession> session, Navigator &navigator, QWidget *parent = nullptr);

    [[nodiscard]] ExportController &controller() { return *m_controller; }

private:
    void listen();
    void showAll();
    void showRows();
    [[nodiscard]] ExportRow *makeRow(const QString &id);
    void askWhere(const QString &id);
    void say(const QString &role, const QString &message);

    Navigator &m_navigator;
    ExportController *m_controller;
    QPushButton *m_make;
    QPushButton *m_again;
    QLabel *m_message;
    QLabel *m_state;
    QVBoxLayout *m_list;
    QHash<QString, ExportRow *> m_rows; // by id
};

} // namespace graminsta
