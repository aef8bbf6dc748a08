// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline as a page: the feed, or what stands in its place. GUI thread only.
#pragma once

#include <desktop/core/pagecontext.h>
#include <desktop/feed/feedcontroller.h>
#include <desktop/widgets/page.h>

class QStackedWidget;

namespace graminsta
{

class FeedView;
class StatePane;

// Which timeline it is.
struct Feed {
    enum class Kind {
        Home,
        Public, // of everybody at this server
        Hashtag,
    };

    [[nodiscard]] static Feed home() { return { Kind::Home, {} }; }
    [[nodiscard]] static Feed publicPosts() { return { Kind::Public, {} }; }
    [[nodiscard]] static Feed ofHashtag(const QString &name) { return { Kind::Hashtag, name }; } // without '#'

    Kind kind = Kind::Home;
    QString hashtag;
};

class FeedPage final : public Page
{
    Q_OBJECT
public:
    FeedPage(Feed feed, PageContext context, QWidget *parent = nullptr);

    void refresh() override;
    [[nodiscard]] FeedView *view() const { return m_view; }
    [[nodiscard]] FeedController &controller() { return m_controller; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showState();
    void showEmpty();
    void like(const QModelIndex &index);

    Feed m_feed;
    PageContext m_context;
    FeedController m_controller;
    QStackedWidget *m_stack;
    FeedView *m_view;
    StatePane *m_pane;
    bool m_loaded = false;
};

} // namespace graminsta
