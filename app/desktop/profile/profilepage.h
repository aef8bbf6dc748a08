// SPDX-License-Identifier: GPL-3.0-or-later
// An account: who it is, and a grid of its photos. GUI thread only.
#pragma once

#include <desktop/core/pagecontext.h>
#include <desktop/feed/feedcontroller.h>
#include <desktop/profile/profilecontroller.h>
#include <desktop/widgets/page.h>

class QStackedWidget;

namespace graminsta
{

class PhotoGridView;
class StatePane;

class ProfilePage final : public Page
{
    Q_OBJECT
public:
    ProfilePage(const QString &accountId, PageContext context, QWidget *parent = nullptr);

    void refresh() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showState();
    void edit();

    PageContext m_context;
    ProfileController m_profile;
    FeedController m_photos;
    QStackedWidget *m_stack;
    StatePane *m_pane;
    PhotoGridView *m_grid;
    bool m_loaded = false;
};

} // namespace graminsta
