// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/widgets/statepane.h>

#include <desktop/core/icon.h>
#include <desktop/core/theme.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

constexpr int kIconSide = 64;
constexpr int kTextWidth = 420;

QLabel *centredLabel()
{
    auto *label = new QLabel;
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    // Of a fixed width, since a layout that centres a wrapped label gives it the height of another width.
    label->setFixedWidth(kTextWidth);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

StatePane::StatePane(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_title(centredLabel())
    , m_text(centredLabel())
    , m_busy(new QProgressBar)
    , m_buttons(new QHBoxLayout)
{
    m_title->setProperty("role", QStringLiteral("heading"));
    m_text->setProperty("role", QStringLiteral("muted"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_busy->setRange(0, 0);
    m_busy->setFixedWidth(180);
    m_busy->setTextVisible(false);
    m_buttons->setSpacing(spacing::kMedium);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing::kMedium);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addWidget(m_busy, 0, Qt::AlignHCenter);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addLayout(m_buttons);
    row->addStretch();
    column->addSpacing(spacing::kSmall);
    column->addLayout(row);
    column->addStretch(3);
}

void StatePane::showBusy(const QString &title, const QString &text)
{
    showMessage({}, title, text);
    m_busy->show();
}

void StatePane::showMessage(const QString &icon, const QString &title, const QString &text)
{
    clearButtons();
    m_iconName = icon;
    m_icon->setVisible(!icon.isEmpty());
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_busy->hide();
    setAccessibleName(title);
    setAccessibleDescription(text);
    drawIcon();
}

QPushButton *StatePane::addButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setProperty("role", m_buttons->count() == 0 ? QStringLiteral("primary") : QStringLiteral("plain"));
    m_buttons->addWidget(button);
    return button;
}

QString StatePane::title() const
{
    return m_title->text();
}

void StatePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        drawIcon();
    }
}

void StatePane::clearButtons()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void StatePane::drawIcon()
{
    if (!m_iconName.isEmpty()) {
        m_icon->setPixmap(iconPixmap(m_iconName, kIconSide, mutedColour(palette()), devicePixelRatioF()));
    }
}

} // namespace graminsta
