// SPDX-License-Identifier: GPL-3.0-or-later
#include "confinement.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace graminsta::isolation
{

namespace
{

// What the kernel's headers of Debian 12 do not know yet: linux/landlock.h of 6.2, 6.7, 6.10 and 6.12.
constexpr quint64 kTruncate = 1ULL << 14; // from version 3 on
constexpr quint64 kDeviceCalls = 1ULL << 15; // 5
constexpr quint64 kTcp = 3; // 4: bind and connect
constexpr quint64 kScopes = 3; // 6: abstract sockets and signals end at the process

struct RulesetAttributes {
    quint64 files;
    quint64 net;
    quint64 scoped;
};

constexpr quint64 kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr quint64 kWrite =
    kRead | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | kTruncate;
constexpr quint64 kOfFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE
    | kTruncate | kDeviceCalls;

// Libraries and their modules, and what they look at when they start. Nothing below has secrets: not all of /etc.
constexpr const char *kSystemPaths[] = { "/usr",
                                         "/lib",
                                         "/lib64",
                                         "/etc/ld.so.cache",
                                         "/etc/localtime",
                                         "/etc/ssl/openssl.cnf",
                                         "/sys/devices/system/cpu",
                                         "/dev/urandom",
                                         "/dev/null" };

// All rights on files that this version of Landlock knows.
quint64 handledFiles(long version)
{
    quint64 rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    if (version >= 2)
        rights |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        rights |= kTruncate;
    if (version >= 5)
        rights |= kDeviceCalls;
    return rights;
}

size_t attributesSize(long version)
{
    if (version >= 6)
        return sizeof(RulesetAttributes);
    return version >= 4 ? offsetof(RulesetAttributes, scoped) : offsetof(RulesetAttributes, net);
}

// True also if there is no such path: then there is nothing to reach.
bool allow(int ruleset, const QByteArray &path, quint64 rights)
{
    const int fd = ::open(path.constData(), O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT;
    struct stat info {
    };
    const bool isFolder = ::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
    struct landlock_path_beneath_attr rule {
        isFolder ? rights : rights &kOfFiles, fd
    };
    const bool added = ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    ::close(fd);
    return added;
}

Result<> setLimit(int resource, qint64 value, const char *name)
{
    struct rlimit limit {
    };
    // Where a lower one is in force already, it is the harder of the two.
    if (::getrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0
        && limit.rlim_max < static_cast<rlim_t>(value))
        value = static_cast<qint64>(limit.rlim_max);
    limit.rlim_cur = limit.rlim_max = static_cast<rlim_t>(value);
    if (::setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0)
        return {};
    return makeError(Fault::Unavailable, QStringLiteral("The file could not be processed now."),
                     QStringLiteral("setrlimit %1: %2")
                         .arg(QLatin1String(name), QString::fromStdString(std::generic_category().message(errno))));
}

constexpr bool kIsSanitized =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#else
    false;
#endif

} // namespace

QStringList Confinement::missing() const
{
    QStringList words;
    if (!files)
        words.append(QStringLiteral("the kernel does not offer Landlock here: a decoder that is taken over could read "
                                    "the files of this user"));
    if (!calls)
        words.append(
            QStringLiteral("the kernel does not offer seccomp filters here: a decoder that is taken over could "
                           "open connections"));
    return words;
}

bool dieWithParent(int parent)
{
    return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == parent;
}

Result<> limitResources(const ChildLimits &limits)
{
    if (!kIsSanitized)
        GI_TRY(setLimit(RLIMIT_AS, limits.addressSpace, "RLIMIT_AS"));
    GI_TRY(setLimit(RLIMIT_CPU, limits.cpuTime.count(), "RLIMIT_CPU"));
    GI_TRY(setLimit(RLIMIT_FSIZE, limits.fileSize, "RLIMIT_FSIZE"));
    GI_TRY(setLimit(RLIMIT_NOFILE, limits.openFiles, "RLIMIT_NOFILE"));
    GI_TRY(setLimit(RLIMIT_CORE, 0, "RLIMIT_CORE"));
    ::signal(SIGXFSZ, SIG_IGN); // a write that is too long is an error of that write
    ::setpriority(PRIO_PROCESS, 0, limits.niceness);
    if (QFile score(QStringLiteral("/proc/self/oom_score_adj")); score.open(QIODevice::WriteOnly))
        score.write("500");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return makeError(Fault::Unavailable, QStringLiteral("The file could not be processed now."),
                         QStringLiteral("PR_SET_NO_NEW_PRIVS is refused"));
    return {};
}

bool restrictFiles(const QString &readFolder, const QString &writeFolder)
{
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    const quint64 handled = handledFiles(version);
    const RulesetAttributes attributes { handled, version >= 4 ? kTcp : 0, version >= 6 ? kScopes : 0 };
    const long created = ::syscall(SYS_landlock_create_ruleset, &attributes, attributesSize(version), 0);
    if (created < 0)
        return false;
    const int ruleset = static_cast<int>(created);
    bool well = allow(ruleset, QFile::encodeName(readFolder), kRead & handled)
        && allow(ruleset, QFile::encodeName(writeFolder), kWrite & handled);
    for (const char *path : kSystemPaths)
        well = allow(ruleset, path, (kRead | LANDLOCK_ACCESS_FS_EXECUTE) & handled) && well;
    well = well && ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    ::close(ruleset);
    return well;
}

} // namespace graminsta::isolation
