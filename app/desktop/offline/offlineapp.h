// SPDX-License-Identifier: GPL-3.0-or-later
// The app on recorded data: no server, no network, and nothing is left on disk. GUI thread only.
#pragma once

#include <desktop/offline/recording.h>
#include <desktop/shell/desktopapp.h>

#include <QTemporaryDir>

namespace graminsta
{

class OfflineApp final
{
public:
    // `photos`: a folder to take photos from; empty: they are drawn. `posts`: how many there are.
    OfflineApp(const QString &photos, int posts);

    void start() { m_app->start(); }
    void setAppearance(Appearance appearance) { m_app->settings().setAppearance(appearance); }
    [[nodiscard]] MainWindow &window() { return m_app->window(); }
    [[nodiscard]] DesktopApp &app() { return *m_app; }

private:
    QTemporaryDir m_folder;
    Pictures m_pictures;
    Recording m_recording;
    std::unique_ptr<DesktopApp> m_app;
};

} // namespace graminsta
