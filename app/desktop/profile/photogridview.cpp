// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/profile/photogridview.h>

#include <desktop/core/icon.h>
#include <desktop/core/mediacache.h>
#include <desktop/core/theme.h>
#include <desktop/feed/statuslistmodel.h>
#include <desktop/widgets/painting.h>

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace graminsta
{

namespace
{

constexpr int kGap = 4;
constexpr int kMaxWidth = 980;
constexpr int kMargin = 20;
constexpr int kWantedSide = 300;
constexpr int kMinColumns = 3;

} // namespace

PhotoGridView::PhotoGridView(QWidget *header, MediaCache &media, QWidget *parent)
    : QAbstractItemView(parent)
    , m_header(header)
    , m_media(media)
{
    m_header->setParent(viewport());
    setAccessibleName(QStringLiteral("Photos"));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    m_wantedLater.setSingleShot(true);
    m_wantedLater.setInterval(0);
    connect(&m_wantedLater, &QTimer::timeout, this, &PhotoGridView::updateWanted);
    connect(&m_media, &MediaCache::arrived, viewport(), qOverload<>(&QWidget::update));
}

void PhotoGridView::setModel(QAbstractItemModel *model)
{
    QAbstractItemView::setModel(model);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &PhotoGridView::contentMoved);
}

void PhotoGridView::reset()
{
    QAbstractItemView::reset();
    contentMoved();
}

void PhotoGridView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    contentMoved();
}

int PhotoGridView::count() const
{
    return model() ? model()->rowCount() : 0;
}

int PhotoGridView::columns() const
{
    const int width = std::min(viewport()->width() - 2 * kMargin, kMaxWidth);
    return std::max(kMinColumns, width / kWantedSide);
}

int PhotoGridView::side() const
{
    const int width = std::min(viewport()->width() - 2 * kMargin, kMaxWidth);
    return std::max(1, (width - (columns() - 1) * kGap) / columns());
}

int PhotoGridView::left() const
{
    return (viewport()->width() - columns() * (side() + kGap) + kGap) / 2;
}

void PhotoGridView::relayout()
{
    const int width = std::min(viewport()->width(), kMaxWidth + 2 * kMargin);
    const int wanted = m_header->hasHeightForWidth() ? m_header->heightForWidth(width) : m_header->sizeHint().height();
    m_headerHeight = wanted;
    m_header->setGeometry((viewport()->width() - width) / 2, -verticalOffset(), width, m_headerHeight);
    contentMoved();
}

void PhotoGridView::updateGeometries()
{
    QAbstractItemView::updateGeometries();
    const int lines = (count() + columns() - 1) / columns();
    const int total = m_headerHeight + lines * (side() + kGap) + kMargin;
    verticalScrollBar()->setSingleStep(60);
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height() - 60));
    verticalScrollBar()->setRange(0, std::max(0, total - viewport()->height()));
}

void PhotoGridView::contentMoved()
{
    updateGeometries();
    m_header->move(m_header->x(), -verticalOffset());
    viewport()->update();
    m_wantedLater.start();
}

void PhotoGridView::scrollContentsBy(int, int)
{
    contentMoved();
}

void PhotoGridView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    relayout();
}

int PhotoGridView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QRect PhotoGridView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    const int step = side() + kGap;
    return { left() + index.row() % columns() * step,
             m_headerHeight + index.row() / columns() * step - verticalOffset(), side(), side() };
}

QModelIndex PhotoGridView::indexAt(const QPoint &point) const
{
    const int step = side() + kGap;
    const int y = point.y() + verticalOffset() - m_headerHeight;
    const int x = point.x() - left();
    if (x < 0 || y < 0 || x / step >= columns()) {
        return {};
    }
    const int row = y / step * columns() + x / step;
    return row < count() ? model()->index(row, 0) : QModelIndex();
}

void PhotoGridView::scrollTo(const QModelIndex &index, ScrollHint)
{
    const QRect place = visualRect(index);
    if (place.top() < 0) {
        verticalScrollBar()->setValue(verticalOffset() + place.top() - kGap);
    } else if (place.bottom() > viewport()->height()) {
        verticalScrollBar()->setValue(verticalOffset() + place.bottom() - viewport()->height() + kGap);
    }
}

std::pair<int, int> PhotoGridView::visibleItems(int screensMore) const
{
    const int step = side() + kGap;
    const int top = verticalOffset() - m_headerHeight;
    const int bottom = top + viewport()->height() * (1 + screensMore);
    const int first = std::max(0, top / step) * columns();
    return { first, bottom < 0 ? -1 : std::min(count() - 1, (bottom / step + 1) * columns() - 1) };
}

MediaKey PhotoGridView::keyOf(int row) const
{
    const StatusRow &status = statusAt(model()->index(row, 0));
    const Photo photo = status.photos.value(0);
    const QString url = photo.previewUrl.isEmpty() ? photo.url : photo.previewUrl;
    return mediaKey(url, QSize(side(), side()), devicePixelRatioF());
}

void PhotoGridView::updateWanted()
{
    const auto [first, last] = visibleItems(1);
    QList<MediaKey> keys;
    for (int row = first; row <= last; ++row) {
        keys += keyOf(row);
    }
    m_media.want(this, keys);
    if (verticalScrollBar()->maximum() - verticalOffset() < 2 * viewport()->height()) {
        Q_EMIT moreWanted();
    }
}

QModelIndex PhotoGridView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    if (count() == 0) {
        return {};
    }
    const int perScreen = std::max(1, viewport()->height() / (side() + kGap)) * columns();
    int row = std::max(0, currentIndex().row());
    switch (action) {
    case MoveLeft:
    case MovePrevious:
        row -= 1;
        break;
    case MoveRight:
    case MoveNext:
        row += 1;
        break;
    case MoveUp:
        row -= columns();
        break;
    case MoveDown:
        row += columns();
        break;
    case MovePageUp:
        row -= perScreen;
        break;
    case MovePageDown:
        row += perScreen;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = count() - 1;
        break;
    }
    return model()->index(std::clamp(row, 0, count() - 1), 0);
}

void PhotoGridView::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        Q_EMIT openRequested(currentIndex());
        return;
    }
    QAbstractItemView::keyPressEvent(event);
}

void PhotoGridView::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid()) {
        Q_EMIT openRequested(index);
    }
}

void PhotoGridView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const auto [first, last] = visibleItems(0);
    for (int row = first; row <= last; ++row) {
        paintCell(painter, model()->index(row, 0));
    }
}

void PhotoGridView::paintCell(QPainter &painter, const QModelIndex &index) const
{
    const StatusRow &status = statusAt(index);
    const QRect place = visualRect(index);
    const Photo photo = status.photos.value(0);
    const QPixmap picture = status.sensitive ? QPixmap() : m_media.find(keyOf(index.row()));
    if (!picture.isNull()) {
        drawCovering(painter, place, picture);
    } else {
        drawPhoto(painter, place, photo, QString(), m_media, palette());
    }
    if (status.photos.size() > 1) {
        const int icon = 22;
        painter.drawPixmap(place.topRight() - QPoint(icon + 8, -8),
                           iconPixmap(QStringLiteral("photos"), icon, Qt::white, devicePixelRatioF()));
    }
    if (status.photos.isEmpty()) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(place.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, status.caption);
    }
    if (hasFocus() && index == currentIndex()) {
        drawFocusRing(painter, place, 2, palette());
    }
}

} // namespace graminsta
