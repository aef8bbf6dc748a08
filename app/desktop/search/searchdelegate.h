// SPDX-License-Identifier: GPL-3.0-or-later
// Paints what a search has found, a row each. GUI thread only; `media` must outlive it.
#pragma once

#include <desktop/search/searchcontroller.h>

#include <QStyledItemDelegate>

namespace graminsta
{

class MediaCache;
struct MediaKey;

class SearchDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit SearchDelegate(const MediaCache &media, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    [[nodiscard]] static QList<MediaKey> pictures(const SearchRow &row, qreal devicePixelRatio);

private:
    const MediaCache &m_media;
};

} // namespace graminsta
