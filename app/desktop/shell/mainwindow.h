// SPDX-License-Identifier: GPL-3.0-or-later
// The window: where the pages are and how one gets from one to another. Layout and navigation only. GUI thread only.
#pragma once

#include <desktop/core/pagecontext.h>
#include <desktop/core/sessioncontroller.h>

#include <QHash>
#include <QWidget>

#include <functional>

class QStackedWidget;

namespace graminsta
{

class AppSettings;
class ComposeController;
class DropOverlay;
class NavigationRail;
class NoticeBar;
class Page;
class StatePane;

// What the window is built from; all of it outlives the window.
struct WindowParts {
    SessionController &sessions;
    AppSettings &settings;
    MediaCache &media;
    Navigator &navigator;
    QString draftFolder;
    std::function<Page *()> makeSettingsPage;
    std::function<void(QWidget *parent)> showServerLog;
};

class MainWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit MainWindow(WindowParts parts);
    ~MainWindow() override;

    void goTo(Navigator::Place place);
    // Opens compose with these photos, as soon as there is a session.
    void compose(const QStringList &files);
    [[nodiscard]] Page *currentPage() const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void listen();
    void sessionChanged();
    void showConnecting();
    void showFailure();
    void openSession();
    void closeSession();
    [[nodiscard]] Page *pageOf(Navigator::Place place);
    [[nodiscard]] PageContext context() const;
    void push(Page *page);
    void back();
    void dropPushedPages();

    WindowParts m_parts;
    NavigationRail *m_rail;
    QStackedWidget *m_stack;
    StatePane *m_pane;
    NoticeBar *m_notice;
    DropOverlay *m_overlay;
    std::unique_ptr<ComposeController> m_compose;
    QHash<Navigator::Place, Page *> m_places;
    QList<Page *> m_pushed; // above the place, the latest last
    Navigator::Place m_place = Navigator::Place::Home;
    QStringList m_filesToCompose; // until there is a session
};

} // namespace graminsta
