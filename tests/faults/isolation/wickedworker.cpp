// SPDX-License-Identifier: GPL-3.0-or-later
#include "wickedworker.h"

#include <graminsta/isolation/childworker.h>

#include <QFile>
#include <QHash>
#include <QJsonArray>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

using namespace std::chrono_literals;

namespace graminsta::test
{

namespace
{

using Deed = QJsonObject (*)(const QJsonObject &request, const isolation::ChildFolders &folders);

QJsonObject outcome(bool ok)
{
    return { { QStringLiteral("ok"), ok }, { QStringLiteral("errno"), ok ? 0 : errno } };
}

QByteArray pathIn(const QJsonObject &request)
{
    return QFile::encodeName(request[QLatin1String("path")].toString());
}

QJsonObject openFile(const QJsonObject &request, int flags)
{
    const int fd = ::open(pathIn(request).constData(), flags, S_IRWXU);
    const QJsonObject answer = outcome(fd >= 0);
    if (fd >= 0)
        ::close(fd);
    return answer;
}

QJsonObject state(const QJsonObject &, const isolation::ChildFolders &)
{
    QJsonArray variables;
    for (char **variable = environ; *variable != nullptr; ++variable)
        variables.append(QString::fromLocal8Bit(*variable));
    // One by one: to list them is to open one more.
    QJsonArray files;
    for (int fd = 0; fd < 1024; ++fd) {
        if (::fcntl(fd, F_GETFD) >= 0)
            files.append(fd);
    }
    struct rlimit core {
    };
    ::getrlimit(RLIMIT_CORE, &core);
    return { { QStringLiteral("pid"), ::getpid() },
             { QStringLiteral("environment"), variables },
             { QStringLiteral("files"), files },
             { QStringLiteral("core"), static_cast<qint64>(core.rlim_max) } };
}

QJsonObject allocate(const QJsonObject &request, const isolation::ChildFolders &)
{
    const auto size = static_cast<size_t>(request[QLatin1String("number")].toInteger());
    auto *memory = static_cast<volatile char *>(std::malloc(size));
    if (memory == nullptr)
        return outcome(false);
    for (size_t i = 0; i < size; i += 4096)
        memory[i] = 1;
    if (!request[QLatin1String("keep")].toBool())
        std::free(const_cast<char *>(memory)); // NOLINT(clang-analyzer-unix.Malloc)
    return outcome(true);
}

QJsonObject fork(const QJsonObject &, const isolation::ChildFolders &)
{
    const pid_t pid = ::fork();
    if (pid == 0)
        ::_exit(0);
    if (pid > 0)
        ::waitpid(pid, nullptr, 0);
    return outcome(pid > 0);
}

QJsonObject execute(const QJsonObject &, const isolation::ChildFolders &)
{
    const char *const argv[] = { "true", nullptr };
    ::execv("/usr/bin/true", const_cast<char *const *>(argv));
    return outcome(false);
}

QJsonObject startThread(const QJsonObject &, const isolation::ChildFolders &)
{
    std::thread([] {}).join();
    return outcome(true);
}

QJsonObject writeLong(const QJsonObject &request, const isolation::ChildFolders &folders)
{
    QFile file(folders.output + QStringLiteral("/long"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return outcome(false);
    const QByteArray block(1 << 20, 'x');
    qint64 left = request[QLatin1String("number")].toInteger();
    while (left > 0 && file.write(block) == block.size())
        left -= block.size();
    return outcome(left <= 0);
}

QJsonObject spin(const QJsonObject &, const isolation::ChildFolders &)
{
    for (volatile quint64 turns = 0;;)
        turns = turns + 1;
}

QJsonObject hang(const QJsonObject &, const isolation::ChildFolders &)
{
    for (;;)
        ::pause();
}

QJsonObject crash(const QJsonObject &, const isolation::ChildFolders &)
{
    ::signal(SIGSEGV, SIG_DFL);
    ::raise(SIGSEGV);
    return {};
}

QJsonObject babble(const QJsonObject &, const isolation::ChildFolders &)
{
    const QByteArray text("this is no answer");
    (void)!::write(3, text.constData(), static_cast<size_t>(text.size()));
    return {};
}

QJsonObject litter(const QJsonObject &, const isolation::ChildFolders &folders)
{
    QFile file(folders.output + QStringLiteral("/left-behind"));
    return outcome(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
}

const QHash<QString, Deed> &deeds()
{
    static const QHash<QString, Deed> all {
        { QStringLiteral("state"), state },
        { QStringLiteral("allocate"), allocate },
        { QStringLiteral("fork"), fork },
        { QStringLiteral("execute"), execute },
        { QStringLiteral("thread"), startThread },
        { QStringLiteral("writeLong"), writeLong },
        { QStringLiteral("spin"), spin },
        { QStringLiteral("hang"), hang },
        { QStringLiteral("crash"), crash },
        { QStringLiteral("babble"), babble },
        { QStringLiteral("litter"), litter },
        { QStringLiteral("read"),
          [](const QJsonObject &r, const isolation::ChildFolders &) { return openFile(r, O_RDONLY); } },
        { QStringLiteral("write"),
          [](const QJsonObject &r, const isolation::ChildFolders &) { return openFile(r, O_WRONLY | O_CREAT); } },
        { QStringLiteral("socket"),
          [](const QJsonObject &, const isolation::ChildFolders &) {
              return outcome(::socket(AF_INET, SOCK_STREAM, 0) >= 0);
          } },
        { QStringLiteral("signalParent"),
          [](const QJsonObject &, const isolation::ChildFolders &) { return outcome(::kill(::getppid(), 0) == 0); } },
        { QStringLiteral("ptrace"),
          [](const QJsonObject &, const isolation::ChildFolders &) {
              return outcome(::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr) == 0);
          } },
        { QStringLiteral("link"),
          [](const QJsonObject &r, const isolation::ChildFolders &f) {
              return outcome(
                  ::symlink(pathIn(r).constData(), QFile::encodeName(f.output + QStringLiteral("/link")).constData())
                  == 0);
          } },
    };
    return all;
}

} // namespace

int runWickedWorker()
{
    return isolation::runChildWorker([](const isolation::ChildFolders &folders) -> Result<isolation::AnswerRequest> {
        return isolation::AnswerRequest([folders](const QJsonObject &request) {
            return deeds().value(request[QLatin1String("do")].toString())(request, folders);
        });
    });
}

isolation::ChildPoolSettings settingsIn(const QString &folder)
{
    isolation::ChildPoolSettings settings;
    settings.program = QStringLiteral("/proc/self/exe");
    settings.arguments = { QLatin1String(kWickedWorker) };
    settings.workFolder = folder;
    settings.standardError = isolation::ChildErrors::Kept;
    return settings;
}

QJsonObject deed(const char *name, const QString &path, qint64 number)
{
    return { { QStringLiteral("do"), QLatin1String(name) },
             { QStringLiteral("path"), path },
             { QStringLiteral("number"), number } };
}

int runParentOfSome(const QString &folder)
{
    isolation::ChildPoolSettings settings = settingsIn(folder);
    settings.children = 2;
    const auto pool = isolation::ChildPool::create(settings).value();
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&pool, i] {
            auto lease = pool->lease(Deadline::after(20s)).value();
            std::printf("%lld\n", static_cast<long long>(lease.processId()));
            std::fflush(stdout);
            (void)lease.ask(deed(i == 0 ? "spin" : "hang"), Deadline::after(60s));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return 0;
}

} // namespace graminsta::test
