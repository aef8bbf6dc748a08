// SPDX-License-Identifier: GPL-3.0-or-later
// One archive of the account in a list of them, with what can be done with it. GUI thread only.
#pragma once

#include <desktop/settings/exportcontroller.h>

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace graminsta
{

class ExportRow final : public QWidget
{
    Q_OBJECT
public:
    explicit ExportRow(QWidget *parent = nullptr);

    // `saving`: of whichever archive is being saved, if any is.
    void present(const model::AccountExport &made, const std::optional<ExportController::Saving> &saving);

Q_SIGNALS:
    void saveWanted();
    void cancelWanted(); // of saving
    void removeWanted();

private:
    QLabel *m_title;
    QLabel *m_detail;
    QProgressBar *m_progress;
    QPushButton *m_save;
    QPushButton *m_cancel;
    QPushButton *m_remove;
};

} // namespace graminsta
