// SPDX-License-Identifier: GPL-3.0-or-later
// Likes, comments, new followers. GUI thread only.
#pragma once

#include <desktop/core/pagecontext.h>
#include <desktop/notifications/notificationscontroller.h>
#include <desktop/widgets/page.h>

class QListView;
class QStackedWidget;

namespace graminsta
{

class StatePane;

class NotificationsPage final : public Page
{
    Q_OBJECT
public:
    explicit NotificationsPage(PageContext context, QWidget *parent = nullptr);

    void refresh() override;

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showState();
    void open(const QModelIndex &index);
    void updateWanted();

    PageContext m_context;
    NotificationsController m_controller;
    QStackedWidget *m_stack;
    StatePane *m_pane;
    QListView *m_list;
};

} // namespace graminsta
