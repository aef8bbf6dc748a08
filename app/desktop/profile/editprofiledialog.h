// SPDX-License-Identifier: GPL-3.0-or-later
// Changing one's own name, biography and portrait. GUI thread only; the controller must outlive the dialog.
#pragma once

#include <desktop/profile/profilecontroller.h>

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace graminsta
{

class EditProfileDialog final : public QDialog
{
    Q_OBJECT
public:
    EditProfileDialog(ProfileController &controller, QWidget *parent);

private:
    void choosePortrait();
    void save();

    ProfileController &m_controller;
    QLineEdit *m_name;
    QPlainTextEdit *m_note;
    QPushButton *m_portrait;
    QLabel *m_error;
    QPushButton *m_save;
    QString m_portraitPath;
};

} // namespace graminsta
