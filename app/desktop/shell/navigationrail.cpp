// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/shell/navigationrail.h>

#include <desktop/core/icon.h>
#include <desktop/core/theme.h>

#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

constexpr int kWide = 212;
constexpr int kNarrow = 72;

} // namespace

NavigationRail::NavigationRail(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLabel(QStringLiteral("Graminsta")))
{
    setObjectName(QStringLiteral("rail"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(QStringLiteral("Navigation"));

    auto *logo = new QLabel;
    logo->setPixmap(iconPixmap(QStringLiteral("logo"), 30, Qt::black, devicePixelRatioF()));
    m_name->setProperty("role", QStringLiteral("title"));
    auto *brand = new QHBoxLayout;
    brand->setContentsMargins(10, 8, 0, 18);
    brand->setSpacing(spacing::kMedium);
    brand->addWidget(logo);
    brand->addWidget(m_name);
    brand->addStretch();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 14);
    column->setSpacing(4);
    column->addLayout(brand);
    using Place = Navigator::Place;
    column->addWidget(addPlace(Place::Home, QStringLiteral("home"), QStringLiteral("Home"), QStringLiteral("Ctrl+1")));
    column->addWidget(
        addPlace(Place::Explore, QStringLiteral("explore"), QStringLiteral("Explore"), QStringLiteral("Ctrl+2")));
    column->addWidget(
        addPlace(Place::Search, QStringLiteral("search"), QStringLiteral("Search"), QStringLiteral("Ctrl+F")));
    column->addWidget(
        addPlace(Place::Compose, QStringLiteral("compose"), QStringLiteral("New post"), QStringLiteral("Ctrl+N")));
    column->addWidget(addPlace(Place::Notifications, QStringLiteral("notifications"), QStringLiteral("Notifications"),
                               QStringLiteral("Ctrl+3")));
    column->addWidget(
        addPlace(Place::Profile, QStringLiteral("person"), QStringLiteral("Profile"), QStringLiteral("Ctrl+4")));
    column->addStretch();
    column->addWidget(
        addPlace(Place::Settings, QStringLiteral("settings"), QStringLiteral("Settings"), QStringLiteral("Ctrl+,")));
    setWide(true);
}

QToolButton *NavigationRail::addPlace(Navigator::Place place, const QString &icon, const QString &text,
                                      const QString &shortcut)
{
    auto *button = new QToolButton;
    button->setIcon(themedIcon(icon));
    button->setIconSize(QSize(24, 24));
    button->setText(QStringLiteral("  ") + text);
    button->setAccessibleName(text);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(text, shortcut));
    button->setShortcut(QKeySequence(shortcut));
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setCursor(Qt::PointingHandCursor);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(button, &QToolButton::clicked, this, [this, place] { Q_EMIT placeChosen(place); });
    m_buttons.insert(place, button);
    return button;
}

void NavigationRail::setCurrent(Navigator::Place place)
{
    m_buttons.value(place)->setChecked(true);
}

void NavigationRail::setWide(bool wide)
{
    setFixedWidth(wide ? kWide : kNarrow);
    m_name->setVisible(wide);
    for (QToolButton *button : std::as_const(m_buttons)) {
        button->setToolButtonStyle(wide ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    }
}

} // namespace graminsta
