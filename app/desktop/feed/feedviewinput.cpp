// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keyboard do in a FeedView.
#include <desktop/feed/feedview.h>

#include <desktop/feed/statuslistmodel.h>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

namespace graminsta
{

QModelIndex FeedView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int rows = model()->rowCount();
    if (rows == 0) {
        return {};
    }
    const auto [first, last] = visibleRows();
    // Without a current row, or with one that was scrolled away, go on from what is in sight.
    const int current = currentIndex().row();
    const bool inSight = current >= first && current <= last;
    int row = inSight ? current : first;
    switch (action) {
    case MoveDown:
    case MoveNext:
        row = inSight ? row + 1 : row;
        break;
    case MoveUp:
    case MovePrevious:
        row = inSight ? row - 1 : row;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = rows - 1;
        break;
    default:
        break;
    }
    return model()->index(std::clamp(row, 0, rows - 1), 0);
}

// The base class would make the first row current, so that the first key would go to the second.
void FeedView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event); // NOLINT(bugprone-parent-virtual-call)
    viewport()->update();
}

void FeedView::keyPressEvent(QKeyEvent *event)
{
    const auto go = [this](CursorAction action) {
        m_keyboardFocus = true;
        const QModelIndex index = moveCursor(action, Qt::NoModifier);
        setCurrentIndex(index);
        scrollTo(index, PositionAtTop);
    };
    const auto scroll = [this](QAbstractSlider::SliderAction action) { verticalScrollBar()->triggerAction(action); };
    const QModelIndex current = currentIndex();
    switch (event->key()) {
    case Qt::Key_J:
    case Qt::Key_Down:
        return go(MoveDown);
    case Qt::Key_K:
    case Qt::Key_Up:
        return go(MoveUp);
    case Qt::Key_Home:
        return go(MoveHome);
    case Qt::Key_End:
        return go(MoveEnd);
    case Qt::Key_PageDown:
        return scroll(QAbstractSlider::SliderPageStepAdd);
    case Qt::Key_PageUp:
        return scroll(QAbstractSlider::SliderPageStepSub);
    case Qt::Key_Space:
        return scroll(event->modifiers().testFlag(Qt::ShiftModifier) ? QAbstractSlider::SliderPageStepSub
                                                                     : QAbstractSlider::SliderPageStepAdd);
    default:
        break;
    }
    if (!current.isValid()) {
        QAbstractItemView::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_L:
        Q_EMIT likeRequested(current);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT openRequested(current);
        return;
    case Qt::Key_Left:
        turnPhoto(current, -1);
        return;
    case Qt::Key_Right:
        turnPhoto(current, 1);
        return;
    default:
        QAbstractItemView::keyPressEvent(event);
    }
}

void FeedView::turnPhoto(const QModelIndex &index, int step)
{
    const StatusRow &row = statusAt(index);
    StatusReading reading = m_delegate->reading(row.id);
    reading.photo = std::clamp(reading.photo + step, 0, std::max(0, static_cast<int>(row.photos.size()) - 1));
    m_delegate->setReading(row.id, reading);
    contentMoved();
}

void FeedView::hover(QPoint position)
{
    const QModelIndex index = indexAt(position);
    const StatusPart part = index.isValid() ? m_delegate->partAt(position, optionFor(index), index) : StatusPart::None;
    m_delegate->setHovered(index.isValid() ? statusAt(index).id : QString(), part);
    if (part == StatusPart::None) {
        viewport()->unsetCursor();
    } else {
        viewport()->setCursor(Qt::PointingHandCursor);
    }
    viewport()->update();
}

void FeedView::mouseMoveEvent(QMouseEvent *event)
{
    hover(event->position().toPoint());
}

void FeedView::leaveEvent(QEvent *event)
{
    hover(QPoint(-1, -1));
    QAbstractItemView::leaveEvent(event);
}

void FeedView::mousePressEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    if (event->button() != Qt::LeftButton || !index.isValid()) {
        event->ignore();
        return;
    }
    m_keyboardFocus = false;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    m_pressed = { index, m_delegate->partAt(position, optionFor(index), index) };
    m_pressedLink = m_delegate->linkAt(position, optionFor(index), index);
}

void FeedView::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    const auto [pressed, part] = std::exchange(m_pressed, { {}, StatusPart::None });
    if (event->button() == Qt::LeftButton && index.isValid() && pressed == index
        && part == m_delegate->partAt(position, optionFor(index), index)
        && m_pressedLink == m_delegate->linkAt(position, optionFor(index), index)) {
        activatePart(index, part);
    }
}

void FeedView::activatePart(const QModelIndex &index, StatusPart part)
{
    StatusReading reading = m_delegate->reading(statusAt(index).id);
    switch (part) {
    case StatusPart::None:
        return;
    case StatusPart::Author:
        Q_EMIT authorRequested(index);
        return;
    case StatusPart::Photo:
    case StatusPart::Comments:
        Q_EMIT openRequested(index);
        return;
    case StatusPart::Like:
        Q_EMIT likeRequested(index);
        return;
    case StatusPart::PreviousPhoto:
        turnPhoto(index, -1);
        return;
    case StatusPart::NextPhoto:
        turnPhoto(index, 1);
        return;
    case StatusPart::Reveal:
        reading.revealed = true;
        break;
    case StatusPart::Link:
        Q_EMIT linkRequested(m_pressedLink);
        return;
    case StatusPart::Caption:
        reading.captionUnfolded = true;
        break;
    }
    m_delegate->setReading(statusAt(index).id, reading);
    m_measured[index.row()] = false;
    contentMoved();
}

bool FeedView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showTip(help->pos(), help->globalPos());
        return true;
    }
    return QAbstractItemView::viewportEvent(event);
}

void FeedView::showTip(QPoint position, QPoint global)
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid() || m_delegate->partAt(position, optionFor(index), index) != StatusPart::Photo) {
        QToolTip::hideText();
        return;
    }
    const StatusRow &row = statusAt(index);
    const QString text = row.photos[m_delegate->reading(row.id).photo].description;
    // Rich text is broken into lines; as plain text a long description would be one line.
    QToolTip::showText(global, text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()));
}

} // namespace graminsta
