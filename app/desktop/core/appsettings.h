// SPDX-License-Identifier: GPL-3.0-or-later
// What the person has chosen, kept in an INI file. GUI thread only.
#pragma once

#include <desktop/core/theme.h>

#include <QByteArray>
#include <QSettings>

namespace graminsta
{

class AppSettings final : public QObject
{
    Q_OBJECT
public:
    explicit AppSettings(const QString &file);

    [[nodiscard]] Appearance appearance() const;
    void setAppearance(Appearance appearance);

    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);

Q_SIGNALS:
    void appearanceChanged(graminsta::Appearance appearance);

private:
    QSettings m_settings;
};

} // namespace graminsta
