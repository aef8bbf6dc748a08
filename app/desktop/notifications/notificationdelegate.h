// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a notification: who, what, when, and the photo it is about. GUI thread only; `media` must outlive it.
#pragma once

#include <QStyledItemDelegate>

namespace graminsta
{

class MediaCache;
struct MediaKey;
struct NotificationRow;

class NotificationDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit NotificationDelegate(const MediaCache &media, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    [[nodiscard]] static QList<MediaKey> pictures(const NotificationRow &row, qreal devicePixelRatio);

private:
    const MediaCache &m_media;
};

} // namespace graminsta
