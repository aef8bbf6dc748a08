// SPDX-License-Identifier: GPL-3.0-or-later
// Finding people, hashtags and posts. GUI thread only.
#pragma once

#include <desktop/core/pagecontext.h>
#include <desktop/search/searchcontroller.h>
#include <desktop/widgets/page.h>

class QLineEdit;
class QListView;
class QStackedWidget;

namespace graminsta
{

class StatePane;

class SearchPage final : public Page
{
    Q_OBJECT
public:
    explicit SearchPage(PageContext context, QWidget *parent = nullptr);

    // The same search again.
    void refresh() override;
    [[nodiscard]] SearchController &controller() { return m_controller; }

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showState();
    void open(const QModelIndex &index);
    void updateWanted();

    PageContext m_context;
    SearchController m_controller;
    QLineEdit *m_line;
    QStackedWidget *m_stack;
    StatePane *m_pane;
    QListView *m_list;
};

} // namespace graminsta
