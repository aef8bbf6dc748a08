// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/theme.h>

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

namespace graminsta
{

namespace
{

struct Colours {
    QRgb window, surface, raised, text, muted, line, accent, onAccent, link;
};

constexpr double kSmallestFont = 10.5; // in points; many desktops still default to 9

constexpr Colours kLight { 0xfffafafa, 0xffffffff, 0xfff0f1f3, 0xff16181c, 0xff656c76,
                           0xffdfe2e6, 0xff2f6fde, 0xffffffff, 0xff1d5cc9 };
constexpr Colours kDark { 0xff101214, 0xff191c1f, 0xff262a2f, 0xffeceef1, 0xff9aa2ac,
                          0xff31363c, 0xff4c8bf5, 0xffffffff, 0xff7fb0ff };

QPalette paletteOf(const Colours &colours)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb rgb) {
        palette.setColor(QPalette::All, role, QColor::fromRgba(rgb));
    };
    set(QPalette::Window, colours.window);
    set(QPalette::Base, colours.surface);
    set(QPalette::AlternateBase, colours.raised);
    set(QPalette::Button, colours.raised);
    set(QPalette::ToolTipBase, colours.raised);
    set(QPalette::WindowText, colours.text);
    set(QPalette::Text, colours.text);
    set(QPalette::ButtonText, colours.text);
    set(QPalette::ToolTipText, colours.text);
    set(QPalette::BrightText, colours.onAccent);
    set(QPalette::PlaceholderText, colours.muted);
    set(QPalette::Highlight, colours.accent);
    set(QPalette::HighlightedText, colours.onAccent);
    set(QPalette::Link, colours.link);
    set(QPalette::LinkVisited, colours.link);
    set(QPalette::Mid, colours.line);
    set(QPalette::Midlight, colours.line);
    set(QPalette::Dark, colours.line);
    set(QPalette::Light, colours.surface);
    set(QPalette::Shadow, 0xff000000);
    for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText }) {
        palette.setColor(QPalette::Disabled, role, QColor::fromRgba(colours.muted));
    }
    return palette;
}

QString styleSheet(const QPalette &palette)
{
    QFile file(QStringLiteral(":/styles/graminsta.qss"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QString sheet = QString::fromUtf8(file.readAll());
    // Qt's style sheets have palette(role) for most colours; the others are filled in here.
    sheet.replace(QLatin1String("@danger"), dangerColour(palette).name());
    sheet.replace(QLatin1String("@muted"), mutedColour(palette).name());
    sheet.replace(QLatin1String("@accent-hover"), palette.color(QPalette::Highlight).darker(112).name());
    return sheet;
}

} // namespace

QString appearanceName(Appearance appearance)
{
    switch (appearance) {
    case Appearance::Light:
        return QStringLiteral("light");
    case Appearance::Dark:
        return QStringLiteral("dark");
    case Appearance::System:
        break;
    }
    return QStringLiteral("system");
}

Appearance appearanceFromName(const QString &name)
{
    for (const Appearance appearance : { Appearance::Light, Appearance::Dark }) {
        if (appearanceName(appearance) == name) {
            return appearance;
        }
    }
    return Appearance::System;
}

void applyAppearance(QApplication &app, Appearance appearance)
{
    // Qt 6.4 cannot ask the desktop for its colour scheme, but the palette of the platform at the start tells it.
    static const bool systemIsDark = isDark(QApplication::palette());
    const bool dark = appearance == Appearance::Dark || (appearance == Appearance::System && systemIsDark);
    if (QApplication::style()->name() != QLatin1String("fusion")) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    }
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0 && font.pointSizeF() < kSmallestFont) {
        font.setPointSizeF(kSmallestFont);
        QApplication::setFont(font);
    }
    const QPalette palette = paletteOf(dark ? kDark : kLight);
    QApplication::setPalette(palette);
    app.setStyleSheet(styleSheet(palette));
}

QColor likeColour()
{
    return QColor(0xed, 0x49, 0x56);
}

QColor dangerColour(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xff, 0x7b, 0x80) : QColor(0xc6, 0x28, 0x34);
}

QColor mutedColour(const QPalette &palette)
{
    return palette.color(QPalette::PlaceholderText);
}

QColor lineColour(const QPalette &palette)
{
    return palette.color(QPalette::Mid);
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace graminsta
