// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/shell/desktopapp.h>

#include <graminsta/core/logging.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QMessageBox>
#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace
{

int g_signalPipe[2] = { -1, -1 };

void onSignal(int)
{
    const char byte = 0;
    const ssize_t written = write(g_signalPipe[1], &byte, 1);
    static_cast<void>(written);
}

// SIGTERM and SIGINT end the event loop, so that the server is stopped in order.
void quitOnSignals(QApplication &app)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, g_signalPipe) != 0) {
        return;
    }
    auto *notifier = new QSocketNotifier(g_signalPipe[0], QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, &QApplication::quit);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
}

QStringList absolutePaths(const QStringList &files)
{
    QStringList paths;
    for (const QString &file : files) {
        paths += QFileInfo(file).absoluteFilePath();
    }
    return paths;
}

} // namespace

int main(int argc, char **argv)
{
    using namespace graminsta;
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("graminsta"));
    QApplication::setApplicationDisplayName(QStringLiteral("Graminsta"));
    QApplication::setApplicationVersion(QStringLiteral(GRAMINSTA_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("graminsta"));
    installLogHandler(LogFormat::Text);

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Share photos: on this computer, or at any server of the kind."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("Use the account at the server URL."),
                                    QStringLiteral("URL"));
    const QCommandLineOption profile(QStringLiteral("profile"),
                                     QStringLiteral("Start the server of this computer with the profile FILE."),
                                     QStringLiteral("FILE"));
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("Keep everything in DIR."),
                                  QStringLiteral("DIR"));
    parser.addOptions({ server, profile, data });
    parser.addPositionalArgument(QStringLiteral("FILES"), QStringLiteral("Photos for a new post."),
                                 QStringLiteral("[FILES…]"));
    parser.process(app);

    const Result<AppPaths> paths = openAppPaths(parser.value(data));
    if (!paths) {
        QMessageBox::critical(nullptr, QStringLiteral("Graminsta"), paths.error().safe);
        return 1;
    }
    const QString profileFile = parser.isSet(profile) ? QFileInfo(parser.value(profile)).absoluteFilePath() : QString();
    DesktopApp desktop({ *paths, profileFile });
    quitOnSignals(app);
    desktop.window().show();
    if (parser.isSet(server)) {
        desktop.useServer(parser.value(server));
    } else {
        desktop.start();
    }
    if (!parser.positionalArguments().isEmpty()) {
        desktop.window().compose(absolutePaths(parser.positionalArguments()));
    }
    return QApplication::exec();
}
