// SPDX-License-Identifier: GPL-3.0-or-later
// graminsta-offline: the whole app on recorded data, without a server and without a network.
#include <desktop/core/theme.h>
#include <desktop/offline/offlineapp.h>
#include <desktop/offline/screenshot.h>

#include <QApplication>
#include <QCommandLineParser>

int main(int argc, char **argv)
{
    using namespace graminsta;
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("graminsta-offline"));
    QApplication::setApplicationVersion(QStringLiteral(GRAMINSTA_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The Graminsta app on recorded data, without a server."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption photos(QStringLiteral("photos"), QStringLiteral("Take the photos from FOLDER."),
                                    QStringLiteral("FOLDER"));
    const QCommandLineOption posts(QStringLiteral("posts"), QStringLiteral("How many posts there are (240)."),
                                   QStringLiteral("N"), QStringLiteral("240"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
                                        QStringLiteral("Write a picture of the window to FILE, and end."),
                                        QStringLiteral("FILE"));
    const QCommandLineOption page(QStringLiteral("page"),
                                  QStringLiteral("The page to show: feed, explore, post, profile, compose, "
                                                 "search, notifications, settings."),
                                  QStringLiteral("PAGE"), QStringLiteral("feed"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("The size of the window, WIDTHxHEIGHT."),
                                  QStringLiteral("SIZE"), QStringLiteral("1180x860"));
    const QCommandLineOption dark(QStringLiteral("dark"), QStringLiteral("In the dark palette."));
    const QCommandLineOption light(QStringLiteral("light"), QStringLiteral("In the light palette."));
    parser.addOptions({ photos, posts, screenshot, page, size, dark, light });
    parser.addPositionalArgument(QStringLiteral("FILES"), QStringLiteral("Photos for a new post."),
                                 QStringLiteral("[FILES…]"));
    parser.process(app);

    OfflineApp offline(parser.value(photos), parser.value(posts).toInt());
    if (parser.isSet(dark) || parser.isSet(light)) {
        offline.setAppearance(parser.isSet(dark) ? Appearance::Dark : Appearance::Light);
    }
    const QStringList parts = parser.value(size).split(QLatin1Char('x'));
    offline.window().resize(parts.value(0).toInt(), parts.value(1).toInt());
    offline.window().show();
    offline.start();
    if (!parser.positionalArguments().isEmpty()) {
        offline.window().compose(parser.positionalArguments());
    }
    if (parser.isSet(screenshot)) {
        return takeScreenshot(offline, parser.value(page), parser.value(screenshot));
    }
    return QApplication::exec();
}
