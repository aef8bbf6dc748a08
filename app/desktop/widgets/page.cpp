// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/widgets/page.h>

#include <desktop/core/icon.h>
#include <desktop/core/theme.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace graminsta
{

QToolButton *iconButton(const QString &icon, const QString &text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setIconSize(QSize(22, 22));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

Page::Page(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_back(iconButton(QStringLiteral("back"), QStringLiteral("Back")))
    , m_title(new QLabel(title))
    , m_actions(new QHBoxLayout)
    , m_content(new QVBoxLayout(this))
{
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setTextFormat(Qt::PlainText);
    m_back->hide();
    connect(m_back, &QToolButton::clicked, this, &Page::backRequested);

    auto *bar = new QWidget;
    bar->setObjectName(QStringLiteral("pageBar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    bar->setFixedHeight(56);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(spacing::kLarge, 0, spacing::kLarge, 0);
    row->setSpacing(spacing::kMedium);
    row->addWidget(m_back);
    row->addWidget(m_title, 1);
    row->addLayout(m_actions);

    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(0);
    m_content->addWidget(bar);
}

void Page::setTitle(const QString &title)
{
    m_title->setText(title);
}

void Page::setBackVisible(bool visible)
{
    m_back->setVisible(visible);
}

QToolButton *Page::addAction(const QString &icon, const QString &text)
{
    QToolButton *button = iconButton(icon, text);
    m_actions->addWidget(button);
    return button;
}

} // namespace graminsta
