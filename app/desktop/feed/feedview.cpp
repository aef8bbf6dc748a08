// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/feedview.h>

#include <desktop/core/mediacache.h>
#include <desktop/core/theme.h>
#include <desktop/feed/statuslistmodel.h>

#include <QPainter>
#include <QScrollBar>

namespace graminsta
{

namespace
{

constexpr int kTopMargin = 20;
constexpr int kScrollStep = 60;
// More is asked for when fewer screens than this are left below.
constexpr int kScreensAhead = 3;

} // namespace

FeedView::FeedView(MediaCache &media, QWidget *parent)
    : QAbstractItemView(parent)
    , m_media(media)
    , m_delegate(new StatusDelegate(media, this))
{
    setItemDelegate(m_delegate);
    setObjectName(QStringLiteral("feed"));
    setAccessibleName(QStringLiteral("Feed"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setMouseTracking(true);
    m_wantedLater.setSingleShot(true);
    m_wantedLater.setInterval(0);
    connect(&m_wantedLater, &QTimer::timeout, this, &FeedView::updateWanted);
    connect(&m_media, &MediaCache::arrived, viewport(), qOverload<>(&QWidget::update));
}

void FeedView::setModel(QAbstractItemModel *model)
{
    if (QAbstractItemView::model()) {
        disconnect(QAbstractItemView::model(), &QAbstractItemModel::rowsRemoved, this, &FeedView::contentMoved);
    }
    QAbstractItemView::setModel(model);
    if (model) {
        // The view's own slot runs before the rows have gone; the window is filled anew after.
        connect(model, &QAbstractItemModel::rowsRemoved, this, &FeedView::contentMoved);
    }
}

void FeedView::reset()
{
    QAbstractItemView::reset();
    estimateAll();
    verticalScrollBar()->setValue(0);
    contentMoved();
}

const StatusRow &FeedView::status(int row) const
{
    return statusAt(model()->index(row, 0));
}

QStyleOptionViewItem FeedView::optionFor(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
    option.state.setFlag(QStyle::State_KeyboardFocusChange, m_keyboardFocus);
    return option;
}

QList<int> FeedView::estimates(int first, int last) const
{
    QList<int> heights;
    heights.reserve(last - first + 1);
    const int width = StatusDelegate::columnWidth(viewport()->width());
    for (int row = first; row <= last; ++row) {
        heights.append(estimatedHeight(status(row), font(), width));
    }
    return heights;
}

void FeedView::estimateAll()
{
    const int rows = model() ? model()->rowCount() : 0;
    m_heights.reset(estimates(0, rows - 1));
    m_measured.fill(false, rows);
    m_estimatedWidth = viewport()->width();
}

FeedView::Anchor FeedView::anchor() const
{
    const int row = m_heights.rowAt(verticalOffset() - kTopMargin);
    return row < 0 ? Anchor {} : Anchor { row, m_heights.top(row) + kTopMargin - verticalOffset() };
}

void FeedView::restore(const Anchor &kept)
{
    updateScrollBar();
    if (kept.row >= 0) {
        const qint64 value = m_heights.top(kept.row) + kTopMargin - kept.offset;
        const QSignalBlocker quiet(verticalScrollBar());
        verticalScrollBar()->setValue(static_cast<int>(value));
    }
}

// Replaces the estimates of what has come into sight by true heights, and keeps the first row where it is.
void FeedView::measureVisible()
{
    if (m_heights.count() == 0) {
        return;
    }
    const Anchor kept = anchor();
    bool changed = false;
    auto [row, last] = visibleRows();
    for (; row <= last && row < m_heights.count(); ++row) {
        if (m_measured[row]) {
            continue;
        }
        const QModelIndex index = model()->index(row, 0);
        const int height = m_delegate->sizeHint(optionFor(index), index).height();
        m_measured[row] = true;
        if (height != m_heights.height(row)) {
            m_heights.setHeight(row, height);
            changed = true;
            last = visibleRows().second;
        }
    }
    if (changed) {
        restore(kept);
    }
}

void FeedView::updateScrollBar()
{
    const qint64 total = m_heights.total() + kTopMargin;
    const auto hidden = std::max<qint64>(0, total - viewport()->height());
    verticalScrollBar()->setSingleStep(kScrollStep);
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height() - kScrollStep));
    verticalScrollBar()->setRange(0, static_cast<int>(std::min<qint64>(hidden, std::numeric_limits<int>::max())));
}

void FeedView::contentMoved()
{
    updateScrollBar();
    measureVisible();
    viewport()->update();
    m_wantedLater.start();
}

std::pair<int, int> FeedView::visibleRows() const
{
    if (m_heights.count() == 0) {
        return { 0, -1 };
    }
    const qint64 top = verticalOffset() - kTopMargin;
    return { m_heights.rowAt(top), m_heights.rowAt(top + viewport()->height() - 1) };
}

void FeedView::updateWanted()
{
    const auto [first, last] = visibleRows();
    QList<MediaKey> keys;
    const qint64 below = m_heights.top(last + 1) + viewport()->height();
    const int ahead = m_heights.count() == 0 ? -1 : m_heights.rowAt(below);
    const qreal ratio = devicePixelRatioF();
    for (int row = first; row <= ahead; ++row) {
        keys += m_delegate->pictures(status(row), viewport()->width(), ratio);
    }
    if (first > 0) {
        keys += m_delegate->pictures(status(first - 1), viewport()->width(), ratio);
    }
    m_media.want(this, keys);
    const qint64 left = m_heights.total() - verticalOffset() - viewport()->height();
    if (m_heights.count() > 0 && left < qint64(kScreensAhead) * viewport()->height()) {
        Q_EMIT moreWanted();
    }
}

int FeedView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QRect FeedView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= m_heights.count()) {
        return {};
    }
    const qint64 top = m_heights.top(index.row()) + kTopMargin - verticalOffset();
    return { 0, static_cast<int>(top), viewport()->width(), m_heights.height(index.row()) };
}

QModelIndex FeedView::indexAt(const QPoint &point) const
{
    const qint64 position = qint64(verticalOffset()) + point.y() - kTopMargin;
    if (position < 0 || position >= m_heights.total()) {
        return {};
    }
    return model()->index(m_heights.rowAt(position), 0);
}

void FeedView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    const QRect place = visualRect(index);
    const bool inSight = place.top() >= 0 && place.bottom() <= viewport()->height();
    if (!index.isValid() || (hint == EnsureVisible && inSight)) {
        return;
    }
    verticalScrollBar()->setValue(verticalOffset() + place.top() - kTopMargin);
}

void FeedView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    Anchor kept = anchor();
    const bool atTop = verticalOffset() == 0;
    m_heights.insert(start, estimates(start, end));
    m_measured.insert(start, end - start + 1, false);
    if (kept.row >= start) {
        kept.row += end - start + 1;
    }
    // At the top the new ones come into sight; further down the reader stays where they are.
    if (!atTop) {
        restore(kept);
    }
    QAbstractItemView::rowsInserted(parent, start, end);
    contentMoved();
}

void FeedView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    m_heights.remove(start, end - start + 1);
    m_measured.remove(start, end - start + 1);
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
}

void FeedView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        m_measured[row] = false;
    }
    contentMoved();
}

void FeedView::updateGeometries()
{
    QAbstractItemView::updateGeometries();
    updateScrollBar();
}

void FeedView::scrollContentsBy(int, int)
{
    contentMoved();
}

void FeedView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    if (StatusDelegate::columnWidth(viewport()->width()) != StatusDelegate::columnWidth(m_estimatedWidth)) {
        const Anchor kept = anchor();
        estimateAll();
        restore(kept);
    }
    contentMoved();
}

void FeedView::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        estimateAll();
        contentMoved();
    }
}

void FeedView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const auto [first, last] = visibleRows();
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = model()->index(row, 0);
        const QStyleOptionViewItem option = optionFor(index);
        if (option.rect.intersects(event->rect())) {
            itemDelegate()->paint(&painter, option, index);
        }
    }
}

void FeedView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex index = indexAt(rect.center());
    if (index.isValid()) {
        selectionModel()->select(index, command);
    }
}

QRegion FeedView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    const auto [first, last] = visibleRows();
    for (const QModelIndex &index : selection.indexes()) {
        if (index.row() >= first && index.row() <= last) {
            region += visualRect(index);
        }
    }
    return region;
}

} // namespace graminsta
