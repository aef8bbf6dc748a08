// SPDX-License-Identifier: GPL-3.0-or-later
// What a child process may take, and how far it is shut in. Values.
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace graminsta::isolation
{

struct ChildLimits {
    qint64 addressSpace = 1536LL * 1024 * 1024; // RLIMIT_AS; not under a sanitizer, which reserves terabytes
    std::chrono::seconds cpuTime { 600 }; // RLIMIT_CPU, of its whole life: it is replaced at half of that
    qint64 fileSize = 512LL * 1024 * 1024; // RLIMIT_FSIZE, of each file that it writes
    int openFiles = 64; // RLIMIT_NOFILE
    int niceness = 5; // below the threads that answer requests
};

// What of the kernel's means against a process that has been taken over is there. Limits always are.
struct Confinement {
    bool files = false; // Landlock: it reaches its own two folders and the system's libraries, nothing else
    bool calls = false; // seccomp: no sockets, programs, processes, signals to others

    // In words for an operator; empty if nothing is missing.
    [[nodiscard]] QStringList missing() const;
};

} // namespace graminsta::isolation
