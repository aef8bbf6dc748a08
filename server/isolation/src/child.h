// SPDX-License-Identifier: GPL-3.0-or-later
// One child process, and the parent's end of the conversation with it. Not thread-safe.
#pragma once

#include "program.h"

#include <graminsta/isolation/childpool.h>

namespace graminsta::isolation
{

// What the names of the folders of children begin with.
inline constexpr QLatin1String kFolderPrefix { "child-" };

class Child
{
public:
    // Starts the program in a folder of its own, which is made, and waits until it says that it is ready. It ends with
    // the *thread* that has started it. Fault::Unavailable if it does not get ready by the deadline.
    [[nodiscard]] static Result<std::unique_ptr<Child>> start(const Program &program, const ChildPoolSettings &settings,
                                                              const Deadline &deadline);
    // Kills it, waits for a second at most, and removes its folder.
    ~Child();
    Q_DISABLE_COPY_MOVE(Child)

    [[nodiscard]] QString inputFolder() const { return m_folder + QStringLiteral("/in"); }
    [[nodiscard]] QString outputFolder() const { return m_folder + QStringLiteral("/out"); }
    [[nodiscard]] qint64 processId() const { return m_pid; }
    [[nodiscard]] Confinement confinement() const { return m_confinement; }

    // As ChildPool::Lease::ask().
    [[nodiscard]] Result<QJsonObject> ask(const QJsonObject &request, const Deadline &deadline);

    [[nodiscard]] bool isSound() const { return !m_isBroken; }
    void distrust();
    // Fit for another request: sound, and within what the settings say about memory, time and number of requests.
    [[nodiscard]] bool isFit(const ChildPoolSettings &settings) const;
    void emptyFolders() const;

    void kill() const;
    // True once the process is gone and no zombie is left.
    [[nodiscard]] bool reap();

private:
    Child(QString folder, int socket, int pid);

    [[nodiscard]] Result<> shakeHands(const ChildLimits &limits, const Deadline &deadline);
    // How it ended, for the log; waits a little for a process that is about to end, then kills it.
    [[nodiscard]] QString obituary();

    const QString m_folder;
    const int m_socket;
    const int m_pid;
    Confinement m_confinement;
    int m_requests = 0;
    bool m_isBroken = false;
    bool m_isReaped = false;
    QString m_end; // how it ended, once it is reaped
};

} // namespace graminsta::isolation
