// SPDX-License-Identifier: GPL-3.0-or-later
// The places of the app, down the left side; icons only where the window is narrow. GUI thread only.
#pragma once

#include <desktop/core/navigator.h>

#include <QHash>
#include <QWidget>

class QToolButton;

namespace graminsta
{

class NavigationRail final : public QWidget
{
    Q_OBJECT
public:
    explicit NavigationRail(QWidget *parent = nullptr);

    void setCurrent(Navigator::Place place);
    // Words beside the icons, or icons only.
    void setWide(bool wide);

Q_SIGNALS:
    void placeChosen(graminsta::Navigator::Place place);

private:
    QToolButton *addPlace(Navigator::Place place, const QString &icon, const QString &text, const QString &shortcut);

    QHash<Navigator::Place, QToolButton *> m_buttons;
    QWidget *m_name;
};

} // namespace graminsta
