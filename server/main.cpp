// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include <QCoreApplication>

#include <cstdio>

using namespace graminsta;

namespace
{

struct Command {
    const char *name;
    int (*run)(const QStringList &arguments);
    const char *text;
};

constexpr Command kCommands[] = {
    { "serve", composition::serveCommand, "run the server" },
    { "migrate", composition::migrateCommand, "bring the database to this version's schema" },
    { "doctor", composition::doctorCommand, "check the database and the photos" },
    { "jobs", composition::jobsCommand, "show what waits to be done and what was given up" },
    { "config", composition::configCommand, "check or show the profile, list its keys" },
    { "user", composition::userCommand, "make, list, moderate and invite accounts" },
    { "seed", composition::seedCommand, "fill an empty database with made-up people and posts, to measure on" },
};

void printHelp(FILE *stream)
{
    std::fputs("graminsta-server " GRAMINSTA_VERSION ": the server of Graminsta\n\n"
               "Usage: graminsta-server <command> [options]\n\n",
               stream);
    for (const Command &command : kCommands)
        std::fprintf(stream, "  %-10s %s\n", command.name, command.text);
    std::fputs("\nEach command: --help.\n", stream);
}

} // namespace

int main(int argc, char *argv[])
{
    // GLib's event loop looks at every connection each time round; Qt's own does not.
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("graminsta-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GRAMINSTA_VERSION));

    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString name = arguments.value(0);
    if (name == QLatin1String("--help") || name == QLatin1String("-h") || name == QLatin1String("help")) {
        printHelp(stdout);
        return composition::kDone;
    }
    if (name == QLatin1String("--version")) {
        std::puts("graminsta-server " GRAMINSTA_VERSION);
        return composition::kDone;
    }
    for (const Command &command : kCommands) {
        if (name == QLatin1String(command.name))
            return command.run(arguments.mid(1));
    }
    if (!name.isEmpty())
        std::fprintf(stderr, "graminsta-server: there is no command \"%s\".\n\n", qUtf8Printable(name));
    printHelp(stderr);
    return composition::kWrongUsage;
}
