// SPDX-License-Identifier: GPL-3.0-or-later
// A column of statuses that scrolls smoothly however many there are: only what is in the window is laid out, painted
// and asked for. The heights of the others are estimates until they come into sight. GUI thread only.
//
// Keys: J, K and the arrows go from status to status, Left and Right through its photos, L likes, Enter opens.
#pragma once

#include <desktop/feed/heightindex.h>
#include <desktop/feed/statusdelegate.h>

#include <QAbstractItemView>
#include <QTimer>

namespace graminsta
{

class FeedView final : public QAbstractItemView
{
    Q_OBJECT
public:
    // `media` must outlive the view.
    explicit FeedView(MediaCache &media, QWidget *parent = nullptr);

    // A StatusListModel, which must outlive the view or be replaced before.
    void setModel(QAbstractItemModel *model) override;

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void reset() override;

    // The rows that are in the window, first and last; {0, -1} if there are none.
    [[nodiscard]] std::pair<int, int> visibleRows() const;

Q_SIGNALS:
    void openRequested(const QModelIndex &index);
    void authorRequested(const QModelIndex &index);
    void likeRequested(const QModelIndex &index);
    // For openLink().
    void linkRequested(const QString &href);
    // The end of the list comes near.
    void moreWanted();

protected:
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    // What must stay where it is in the window while heights change above it.
    struct Anchor {
        int row = -1;
        qint64 offset = 0; // of the row's top from the top of the window
    };

    [[nodiscard]] QStyleOptionViewItem optionFor(const QModelIndex &index) const;
    [[nodiscard]] const StatusRow &status(int row) const;
    [[nodiscard]] QList<int> estimates(int first, int last) const;
    [[nodiscard]] Anchor anchor() const;
    void restore(const Anchor &anchor);
    void measureVisible();
    void estimateAll();
    void updateScrollBar();
    void contentMoved();
    void updateWanted();
    void hover(QPoint position);
    void activatePart(const QModelIndex &index, StatusPart part);
    void turnPhoto(const QModelIndex &index, int step);
    void showTip(QPoint position, QPoint global);

    MediaCache &m_media;
    StatusDelegate *m_delegate;
    HeightIndex m_heights;
    QList<bool> m_measured;
    int m_estimatedWidth = 0;
    bool m_keyboardFocus = false; // the current row was last chosen by a key
    std::pair<QPersistentModelIndex, StatusPart> m_pressed;
    QString m_pressedLink;
    QTimer m_wantedLater;
};

} // namespace graminsta
