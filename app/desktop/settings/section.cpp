// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/section.h>

#include <desktop/core/theme.h>

#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

namespace graminsta
{

Section::Section(const QString &title, const QString &explanation, QWidget *parent)
    : QFrame(parent)
    , m_body(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("card"));
    auto *heading = new QLabel(title);
    heading->setProperty("role", QStringLiteral("heading"));
    auto *text = new QLabel(explanation);
    text->setProperty("role", QStringLiteral("muted"));
    text->setWordWrap(true);
    m_body->setContentsMargins(spacing::kLarge, spacing::kLarge, spacing::kLarge, spacing::kLarge);
    m_body->setSpacing(spacing::kMedium);
    m_body->addWidget(heading);
    m_body->addWidget(text);
}

void setRole(QWidget *widget, const QString &role)
{
    widget->setProperty("role", role);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace graminsta
