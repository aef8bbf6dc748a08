// SPDX-License-Identifier: GPL-3.0-or-later
// One status, large: photos, caption, comments. GUI thread only.
#pragma once

#include <desktop/core/pagecontext.h>
#include <desktop/post/statuscontroller.h>
#include <desktop/widgets/page.h>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace graminsta
{

class Avatar;
class PhotoStage;

class StatusPage final : public Page
{
    Q_OBJECT
public:
    StatusPage(const StatusRow &row, PageContext context, QWidget *parent = nullptr);

    void refresh() override;
    [[nodiscard]] StatusController &controller() { return m_controller; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeSide();
    [[nodiscard]] QWidget *makeAuthorBar();
    [[nodiscard]] QWidget *makeCommentBox();
    void showStatus();
    void showComments();
    void showDescription();
    void askToDelete();

    PageContext m_context;
    StatusController m_controller;
    QBoxLayout *m_body;
    PhotoStage *m_stage;
    QWidget *m_side;
    Avatar *m_avatar;
    QLabel *m_name;
    QLabel *m_acct;
    QPushButton *m_follow;
    QToolButton *m_delete;
    QLabel *m_caption;
    QPushButton *m_altToggle;
    QLabel *m_alt;
    QLabel *m_license;
    QWidget *m_comments;
    QToolButton *m_like;
    QLabel *m_counts;
    QLineEdit *m_comment;
    QPushButton *m_send;
    bool m_altShown = false;
};

} // namespace graminsta
