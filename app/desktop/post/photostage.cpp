// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/post/photostage.h>

#include <desktop/core/animationplayer.h>
#include <desktop/core/icon.h>
#include <desktop/core/mediacache.h>
#include <desktop/core/theme.h>
#include <desktop/widgets/page.h>
#include <desktop/widgets/painting.h>

#include <QApplication>
#include <QDesktopServices>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QUrl>

namespace graminsta
{

namespace
{

constexpr int kMargin = 16;
constexpr int kLargestSide = 4096; // what is asked of a photo whose size is not known

} // namespace

PhotoStage::PhotoStage(MediaCache &media, QWidget *parent)
    : QWidget(parent)
    , m_media(media)
    , m_previous(iconButton(QStringLiteral("left"), QStringLiteral("Previous photo"), this))
    , m_next(iconButton(QStringLiteral("right"), QStringLiteral("Next photo"), this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 240);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    for (QToolButton *button : { m_previous, m_next }) {
        button->setProperty("role", QStringLiteral("overPhoto"));
        button->setIcon(QIcon(iconPixmap(button == m_next ? QStringLiteral("right") : QStringLiteral("left"), 22,
                                         Qt::white, devicePixelRatioF())));
    }
    connect(m_previous, &QToolButton::clicked, this, [this] { turn(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { turn(1); });
    connect(&m_media, &MediaCache::arrived, this, [this] {
        playShown();
        QWidget::update();
    });
}

PhotoStage::~PhotoStage() = default;

// Starts the animation that is shown, once its file is there, and ends the one before.
void PhotoStage::playShown()
{
    const QString url = photo() ? photo()->url : QString();
    if (url != m_playedUrl) {
        m_player.reset();
        m_playedUrl = url;
    }
    if (m_player || url.isEmpty()) {
        return;
    }
    const QByteArray file = m_media.animation(QUrl(url));
    if (!file.isEmpty()) {
        m_player = std::make_unique<AnimationPlayer>(file);
        connect(m_player.get(), &AnimationPlayer::pictureChanged, this, [this] { QWidget::update(); });
        m_player->setPlaying(isVisible());
    }
}

void PhotoStage::setPhotos(const QList<Photo> &photos)
{
    m_photos = photos;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(photos.size()) - 1));
    update();
}

const Photo *PhotoStage::photo() const
{
    return m_photos.isEmpty() ? nullptr : &m_photos[m_current];
}

MediaKey PhotoStage::keyOf(const Photo &photo) const
{
    const qreal ratio = devicePixelRatioF();
    const QSize whole = photo.size.isEmpty() ? QSize(kLargestSide, kLargestSide) : photo.size;
    if (m_zoomed) {
        return mediaKey(photo.url, whole / ratio, ratio);
    }
    return mediaKey(photo.url, whole.scaled(size(), Qt::KeepAspectRatio), ratio);
}

void PhotoStage::update()
{
    m_previous->setVisible(m_current > 0);
    m_next->setVisible(m_current + 1 < m_photos.size());
    if (const Photo *shown = photo()) {
        QList<MediaKey> keys { keyOf(*shown) };
        if (m_current + 1 < m_photos.size()) {
            keys += keyOf(m_photos[m_current + 1]);
        }
        m_media.want(this, keys);
        const QString position =
            m_photos.size() > 1 ? QStringLiteral(" (%1 of %2)").arg(m_current + 1).arg(m_photos.size()) : QString();
        setAccessibleName((shown->videoUrl.isEmpty() ? QStringLiteral("Photo") : QStringLiteral("Video")) + position);
        setAccessibleDescription(shown->description);
    }
    playShown();
    setCursor(m_zoomed ? Qt::OpenHandCursor : Qt::PointingHandCursor);
    QWidget::update();
}

void PhotoStage::turn(int step)
{
    const int target = std::clamp(m_current + step, 0, std::max(0, static_cast<int>(m_photos.size()) - 1));
    if (target != m_current) {
        m_current = target;
        m_zoomed = false;
        update();
        Q_EMIT currentChanged(m_current);
    }
}

void PhotoStage::activate()
{
    const Photo *shown = photo();
    if (!shown || shown->videoUrl.isEmpty()) {
        setZoomed(!m_zoomed);
        return;
    }
    // A server may name anything; a player is given what comes from the web, and never a file of this computer.
    const QUrl url(shown->videoUrl);
    if (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http")) {
        QDesktopServices::openUrl(url);
    }
}

void PhotoStage::setZoomed(bool zoomed)
{
    m_zoomed = zoomed;
    m_pan = {};
    update();
}

// Where a picture of that many device pixels goes.
QRect PhotoStage::placeOf(QSize picture) const
{
    const QSize natural = picture / devicePixelRatioF();
    const QSize room = size() - QSize(2 * kMargin, 2 * kMargin);
    const bool fits = natural.width() <= room.width() && natural.height() <= room.height();
    const QSize shown = m_zoomed || fits ? natural : natural.scaled(room, Qt::KeepAspectRatio);
    QRect place(QPoint(), shown);
    place.moveCenter(rect().center() + (m_zoomed ? m_pan : QPoint()));
    return place;
}

void PhotoStage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(isDark(palette()) ? QPalette::Window : QPalette::AlternateBase));
    const Photo *shown = photo();
    if (!shown) {
        return;
    }
    const MediaKey key = keyOf(*shown);
    const QPixmap picture = m_media.find(key);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_player && !m_player->picture().isNull()) {
        painter.drawImage(placeOf(m_player->picture().size()), m_player->picture());
    } else if (!picture.isNull()) {
        const QRect place = placeOf(picture.size());
        painter.drawPixmap(place, picture);
        drawPlayMark(painter, place, *shown);
    } else if (m_media.hasFailed(key)) {
        painter.setPen(mutedColour(palette()));
        painter.drawText(rect(), Qt::AlignCenter, QStringLiteral("The picture cannot be loaded. F5 tries again."));
    } else {
        const QSize whole = shown->size.isEmpty() ? QSize(4, 3) : shown->size;
        const QSize room = size() - QSize(2 * kMargin, 2 * kMargin);
        QRect place(QPoint(), whole.scaled(room, Qt::KeepAspectRatio).boundedTo(shown->size.isEmpty() ? room : whole));
        place.moveCenter(rect().center());
        drawPhoto(painter, place, *shown, QString(), m_media, palette());
    }
    if (hasFocus()) {
        drawFocusRing(painter, rect().adjusted(3, 3, -3, -3), 4, palette());
    }
}

void PhotoStage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int top = (height() - m_next->sizeHint().height()) / 2;
    m_previous->move(kMargin / 2, top);
    m_next->move(width() - m_next->sizeHint().width() - kMargin / 2, top);
    update();
}

void PhotoStage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_player) {
        m_player->setPlaying(true);
    }
}

void PhotoStage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_player) {
        m_player->setPlaying(false);
    }
}

void PhotoStage::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return turn(-1);
    case Qt::Key_Right:
        return turn(1);
    case Qt::Key_Z:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return activate();
    case Qt::Key_Space:
        if (m_player) {
            return m_player->setPlaying(!m_player->isPlaying());
        }
        return QWidget::keyPressEvent(event);
    default:
        QWidget::keyPressEvent(event);
    }
}

void PhotoStage::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position().toPoint();
    m_dragged = false;
}

void PhotoStage::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (m_zoomed && (m_dragged || (position - m_pressed).manhattanLength() >= QApplication::startDragDistance())) {
        m_dragged = true;
        m_pan += position - m_pressed;
        m_pressed = position;
        QWidget::update();
    }
}

void PhotoStage::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_dragged) {
        activate();
    }
}

} // namespace graminsta
