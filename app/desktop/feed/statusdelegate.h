// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a status as a card of the feed. GUI thread only; `media` must outlive it.
#pragma once

#include <desktop/feed/statuslayout.h>

#include <QStyledItemDelegate>

namespace graminsta
{

class MediaCache;
struct MediaKey;

class StatusDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit StatusDelegate(const MediaCache &media, QObject *parent = nullptr);

    // option.rect is the row over the whole width of the view; the card is a column in the middle of it.
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    [[nodiscard]] StatusPart partAt(QPoint position, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const;
    [[nodiscard]] QString linkAt(QPoint position, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    // The pictures that painting this row would use.
    [[nodiscard]] QList<MediaKey> pictures(const StatusRow &status, int viewWidth, qreal devicePixelRatio) const;

    [[nodiscard]] const StatusReading &reading(const QString &id) const;
    void setReading(const QString &id, const StatusReading &reading);
    // The part under the mouse, to be lit up.
    void setHovered(const QString &id, StatusPart part);

    [[nodiscard]] static int columnWidth(int viewWidth);

private:
    [[nodiscard]] StatusLayout layout(const QStyleOptionViewItem &option, const StatusRow &status) const;
    void paintHeader(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &status,
                     const StatusLayout &layout) const;
    void paintPhoto(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &status,
                    const StatusLayout &layout) const;
    void paintActions(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &status,
                      const StatusLayout &layout) const;
    void paintCaption(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &status,
                      const StatusLayout &layout) const;
    [[nodiscard]] bool isHovered(const StatusRow &status, StatusPart part) const;

    const MediaCache &m_media;
    QHash<QString, StatusReading> m_readings; // of those that were touched
    QString m_hoveredId;
    StatusPart m_hoveredPart = StatusPart::None;
};

} // namespace graminsta
