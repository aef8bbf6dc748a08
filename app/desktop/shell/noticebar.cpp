// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/shell/noticebar.h>

#include <desktop/core/theme.h>

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace graminsta
{

namespace
{

constexpr std::chrono::seconds kShown { 6 };

} // namespace

NoticeBar::NoticeBar(QWidget *window)
    : QFrame(window)
    , m_text(new QLabel)
{
    setObjectName(QStringLiteral("notice"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignCenter);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::kLarge, spacing::kMedium, spacing::kLarge, spacing::kMedium);
    row->addWidget(m_text);
    m_hide.setSingleShot(true);
    m_hide.setInterval(kShown);
    connect(&m_hide, &QTimer::timeout, this, &QWidget::hide);
    window->installEventFilter(this);
    hide();
}

void NoticeBar::say(const QString &message)
{
    m_text->setText(message);
    setAccessibleName(message);
    place();
    show();
    raise();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    m_hide.start();
}

bool NoticeBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void NoticeBar::place()
{
    const QSize window = parentWidget()->size();
    const int width = std::min(480, window.width() - 40);
    const int height = heightForWidth(width);
    setGeometry((window.width() - width) / 2, window.height() - height - 28, width, height);
}

} // namespace graminsta
