// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses as a grid of square photos below a header that scrolls with them. Only what is in the window is painted and
// asked for. GUI thread only.
#pragma once

#include <QAbstractItemView>
#include <QTimer>

namespace graminsta
{

class MediaCache;
struct MediaKey;

class PhotoGridView final : public QAbstractItemView
{
    Q_OBJECT
public:
    // Owns `header`. `media` must outlive the view.
    PhotoGridView(QWidget *header, MediaCache &media, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void reset() override;

    [[nodiscard]] int columns() const;
    // After the header's content has changed its height.
    void relayout();

Q_SIGNALS:
    void openRequested(const QModelIndex &index);
    void moreWanted();

protected:
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &, QItemSelectionModel::SelectionFlags) override { }
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &) const override { return {}; }
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] int count() const;
    [[nodiscard]] int side() const; // of a cell
    [[nodiscard]] int left() const; // of the first column
    [[nodiscard]] std::pair<int, int> visibleItems(int screensMore) const;
    [[nodiscard]] MediaKey keyOf(int row) const;
    void contentMoved();
    void updateWanted();
    void paintCell(QPainter &painter, const QModelIndex &index) const;

    QWidget *m_header;
    int m_headerHeight = 0;
    MediaCache &m_media;
    QTimer m_wantedLater;
};

} // namespace graminsta
