// SPDX-License-Identifier: GPL-3.0-or-later
// Who an account is: portrait, name, counts, biography, follow or edit. GUI thread only.
#pragma once

#include <desktop/profile/profilecontroller.h>

#include <QWidget>

class QLabel;
class QPushButton;

namespace graminsta
{

class Avatar;
class MediaCache;

class ProfileHeader final : public QWidget
{
    Q_OBJECT
public:
    // Both must outlive the header.
    ProfileHeader(ProfileController &controller, MediaCache &media, QWidget *parent = nullptr);

Q_SIGNALS:
    void editRequested();
    // Its height may have changed.
    void relaidOut();

private:
    void showAccount();

    ProfileController &m_controller;
    Avatar *m_avatar;
    QLabel *m_name;
    QLabel *m_acct;
    QLabel *m_counts;
    QLabel *m_note;
    QPushButton *m_action;
};

} // namespace graminsta
