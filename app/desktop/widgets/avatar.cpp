// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/widgets/avatar.h>

#include <desktop/core/mediacache.h>
#include <desktop/widgets/painting.h>

#include <QPainter>

namespace graminsta
{

Avatar::Avatar(MediaCache &media, int side, QWidget *parent)
    : QAbstractButton(parent)
    , m_media(media)
    , m_side(side)
{
    setFixedSize(side, side);
    setCursor(Qt::PointingHandCursor);
    connect(&m_media, &MediaCache::arrived, this, qOverload<>(&QWidget::update));
}

QSize Avatar::sizeHint() const
{
    return { m_side, m_side };
}

void Avatar::setAuthor(const std::shared_ptr<const Author> &author)
{
    m_author = author;
    setAccessibleName(QStringLiteral("Profile of %1").arg(author->name));
    setToolTip(QLatin1Char('@') + author->acct);
    m_media.want(this, { mediaKey(author->avatar, size(), devicePixelRatioF()) });
    update();
}

void Avatar::paintEvent(QPaintEvent *)
{
    if (!m_author) {
        return;
    }
    QPainter painter(this);
    const QPixmap picture = m_media.find(mediaKey(m_author->avatar, size(), devicePixelRatioF()));
    drawAvatar(painter, rect(), picture, m_author->name);
    if (hasFocus()) {
        drawFocusRing(painter, rect(), m_side / 2, palette());
    }
}

} // namespace graminsta
