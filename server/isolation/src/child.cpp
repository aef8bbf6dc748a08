// SPDX-License-Identifier: GPL-3.0-or-later
#include "child.h"

#include "frame.h"

#include <QDir>
#include <QFile>
#include <QUuid>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace graminsta::isolation
{

namespace
{

constexpr int kSocketOfChild = 3; // childworker.cpp
constexpr std::chrono::milliseconds kLastWait { 1000 };
constexpr std::chrono::milliseconds kStep { 5 };

Error cannotStart(const QString &detail)
{
    return makeError(Fault::Unavailable, QStringLiteral("Files cannot be processed now."),
                     QStringLiteral("no child process: ") + detail);
}

QString textOf(int error)
{
    return QString::fromStdString(std::generic_category().message(error));
}

// Nothing of ours: the database's password and other secrets are in it.
std::vector<QByteArray> environmentFor(const QString &folder)
{
    return { "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TMPDIR=" + QFile::encodeName(folder) + "/out" };
}

std::vector<char *> pointersTo(std::vector<QByteArray> &texts)
{
    std::vector<char *> pointers;
    pointers.reserve(texts.size() + 1);
    for (QByteArray &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

class SpawnActions
{
public:
    SpawnActions(int socket, ChildErrors errors)
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawnattr_init(&m_attributes);
        ::posix_spawn_file_actions_adddup2(&m_actions, socket, kSocketOfChild);
        ::posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&m_actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        if (errors == ChildErrors::Dropped)
            ::posix_spawn_file_actions_addopen(&m_actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        // Sockets of clients and the database, whether somebody forgot close-on-exec or not.
        ::posix_spawn_file_actions_addclosefrom_np(&m_actions, kSocketOfChild + 1);
        // A terminal's Ctrl-C is the server's, which lets what is under way come to its end.
        ::posix_spawnattr_setpgroup(&m_attributes, 0);
        sigset_t signals;
        ::sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&m_attributes, &signals);
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&m_attributes, &signals);
        ::posix_spawnattr_setflags(&m_attributes,
                                   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnActions()
    {
        ::posix_spawnattr_destroy(&m_attributes);
        ::posix_spawn_file_actions_destroy(&m_actions);
    }
    Q_DISABLE_COPY_MOVE(SpawnActions)

    // 0, or errno.
    [[nodiscard]] int spawn(const Program &program, const QStringList &arguments, const QString &folder,
                            pid_t &pid) const
    {
        // What `ps` shows: whose child it is, and with the command what for.
        std::vector<QByteArray> words { QFile::encodeName(program.name()) };
        for (const QString &argument : arguments)
            words.push_back(QFile::encodeName(argument));
        std::vector<QByteArray> variables = environmentFor(folder);
        const std::vector<char *> argv = pointersTo(words);
        const std::vector<char *> environment = pointersTo(variables);
        return ::posix_spawn(&pid, program.place().constData(), &m_actions, &m_attributes, argv.data(),
                             environment.data());
    }

private:
    posix_spawn_file_actions_t m_actions {};
    posix_spawnattr_t m_attributes {};
};

Result<QString> makeFolders(const QString &workFolder)
{
    const QString folder =
        workFolder + QLatin1Char('/') + kFolderPrefix + QUuid::createUuid().toString(QUuid::WithoutBraces);
    for (const QString &path : { folder, folder + QStringLiteral("/in"), folder + QStringLiteral("/out") }) {
        if (::mkdir(QFile::encodeName(path).constData(), S_IRWXU) != 0)
            return cannotStart(QStringLiteral("mkdir %1: %2").arg(path, textOf(errno)));
    }
    return folder;
}

void emptyFolder(const QString &path)
{
    QDir folder(path);
    const QStringList names = folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        if (!folder.remove(name))
            QDir(folder.filePath(name)).removeRecursively();
    }
}

qint64 residentBytes(int pid)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

// User and system time (proc(5), fields 14 and 15).
std::chrono::seconds cpuTime(int pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    const qint64 ticks = fields.value(11).toLongLong() + fields.value(12).toLongLong();
    return std::chrono::seconds(ticks / ::sysconf(_SC_CLK_TCK));
}

} // namespace

Child::Child(QString folder, int socket, int pid)
    : m_folder(std::move(folder))
    , m_socket(socket)
    , m_pid(pid)
{
}

Result<std::unique_ptr<Child>> Child::start(const Program &program, const ChildPoolSettings &settings,
                                            const Deadline &deadline)
{
    const QString folder = GI_TRY(makeFolders(settings.workFolder));
    std::array<int, 2> sockets {};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        QDir(folder).removeRecursively();
        return cannotStart(QStringLiteral("socketpair: ") + textOf(errno));
    }
    pid_t pid = 0;
    const int failed = SpawnActions(sockets[1], settings.standardError).spawn(program, settings.arguments, folder, pid);
    ::close(sockets[1]);
    if (failed != 0) {
        ::close(sockets[0]);
        QDir(folder).removeRecursively();
        return cannotStart(QStringLiteral("%1: %2").arg(program.name(), textOf(failed)));
    }
    std::unique_ptr<Child> child(new Child(folder, sockets[0], pid));
    GI_TRY(child->shakeHands(settings.limits, deadline));
    return child;
}

Result<> Child::shakeHands(const ChildLimits &limits, const Deadline &deadline)
{
    const QJsonObject hello { { QStringLiteral("parent"), ::getpid() },
                              { QStringLiteral("input"), inputFolder() },
                              { QStringLiteral("output"), outputFolder() },
                              { QStringLiteral("addressSpace"), limits.addressSpace },
                              { QStringLiteral("cpuSeconds"), static_cast<qint64>(limits.cpuTime.count()) },
                              { QStringLiteral("fileSize"), limits.fileSize },
                              { QStringLiteral("openFiles"), limits.openFiles },
                              { QStringLiteral("niceness"), limits.niceness } };
    const Result<> sent = sendMessage(m_socket, hello, deadline);
    const Result<QJsonObject> ready = sent ? receiveMessage(m_socket, deadline) : Result<QJsonObject>(sent.error());
    if (!ready)
        return cannotStart(ready.error().detail + QStringLiteral("; ") + obituary());
    if (!ready->value(QLatin1String("ready")).toBool())
        return cannotStart(ready->value(QLatin1String("error")).toString());
    m_confinement.files = ready->value(QLatin1String("files")).toBool();
    m_confinement.calls = ready->value(QLatin1String("calls")).toBool();
    return {};
}

Child::~Child()
{
    kill();
    const Deadline deadline = Deadline::after(kLastWait);
    while (!reap() && !deadline.expired())
        std::this_thread::sleep_for(kStep);
    ::close(m_socket);
    QDir(m_folder).removeRecursively();
}

Result<QJsonObject> Child::ask(const QJsonObject &request, const Deadline &deadline)
{
    ++m_requests;
    const Result<> sent = sendMessage(m_socket, request, deadline);
    Result<QJsonObject> answer = sent ? receiveMessage(m_socket, deadline) : Result<QJsonObject>(sent.error());
    if (answer)
        return answer;
    m_isBroken = true;
    const Error &error = answer.error();
    if (error.fault == Fault::Timeout) {
        kill();
        return makeError(Fault::Timeout, QStringLiteral("Processing the file took too long."),
                         QStringLiteral("the child process was killed at the deadline"));
    }
    return makeError(Fault::Unprocessable, QStringLiteral("The file could not be processed."),
                     error.detail + QStringLiteral("; ") + obituary());
}

void Child::distrust()
{
    m_isBroken = true;
    kill();
}

bool Child::isFit(const ChildPoolSettings &settings) const
{
    return !m_isBroken && m_requests < settings.requestsPerChild && residentBytes(m_pid) <= settings.residentBytes
        && cpuTime(m_pid) < settings.limits.cpuTime / 2;
}

void Child::emptyFolders() const
{
    emptyFolder(inputFolder());
    emptyFolder(outputFolder());
}

void Child::kill() const
{
    if (m_isReaped)
        return;
    // Its group too: without seccomp it could have made processes.
    ::kill(-m_pid, SIGKILL);
    ::kill(m_pid, SIGKILL);
}

bool Child::reap()
{
    if (m_isReaped)
        return true;
    siginfo_t info {};
    const int waited = ::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOHANG);
    if (waited == 0 && info.si_pid == 0)
        return false;
    if (waited != 0 && errno == EINTR)
        return false;
    // ECHILD: whoever has started us lets the system reap.
    m_isReaped = true;
    if (waited != 0)
        m_end = QStringLiteral("it has ended");
    else if (info.si_code == CLD_EXITED)
        m_end = QStringLiteral("it has ended with exit code %1").arg(info.si_status);
    else
        m_end = QStringLiteral("it was ended by signal %1 (%2)")
                    .arg(info.si_status)
                    .arg(QLatin1String(::sigabbrev_np(info.si_status)));
    return true;
}

QString Child::obituary()
{
    m_isBroken = true;
    const Deadline deadline = Deadline::after(kLastWait / 4);
    while (!reap() && !deadline.expired())
        std::this_thread::sleep_for(kStep);
    if (m_isReaped)
        return m_end;
    kill();
    return QStringLiteral("it was killed");
}

} // namespace graminsta::isolation
