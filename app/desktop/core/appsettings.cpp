// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/appsettings.h>

namespace graminsta
{

namespace
{

const QLatin1String kAppearance("appearance");
const QLatin1String kGeometry("window/geometry");

} // namespace

AppSettings::AppSettings(const QString &file)
    : m_settings(file, QSettings::IniFormat)
{
}

Appearance AppSettings::appearance() const
{
    return appearanceFromName(m_settings.value(kAppearance).toString());
}

void AppSettings::setAppearance(Appearance appearance)
{
    m_settings.setValue(kAppearance, appearanceName(appearance));
    Q_EMIT appearanceChanged(appearance);
}

QByteArray AppSettings::windowGeometry() const
{
    return m_settings.value(kGeometry).toByteArray();
}

void AppSettings::setWindowGeometry(const QByteArray &geometry)
{
    m_settings.setValue(kGeometry, geometry);
}

} // namespace graminsta
