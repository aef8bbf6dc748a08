// SPDX-License-Identifier: GPL-3.0-or-later
// Long-lived child processes for work on strangers' bytes: a program with limits of memory and time, shut in, and
// killed where it does not answer. What such a child says is to be checked like any stranger's word. Thread-safe. They
// are started when they are needed and ended when they idle; none outlives this process.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/isolation/childlimits.h>

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

namespace graminsta::isolation
{

class Child;

enum class ChildErrors {
    Dropped, // what a child writes to standard error is a stranger's: it does not reach the log
    Kept, // for tests: it goes where ours goes
};

struct ChildPoolSettings {
    QString program; // must be there; replaced by another later on, it is still the one that is run
    QStringList arguments; // with which it calls runChildWorker()
    QString workFolder; // must exist; each child gets a folder in it, for the time that it lives
    int children = 1; // at most
    ChildLimits limits {};
    std::chrono::milliseconds idleTime { 30'000 }; // one that was not needed so long ends
    std::chrono::milliseconds startTime { 15'000 };
    int requestsPerChild = 500; // then it is replaced: what leaks is bounded
    qint64 residentBytes = 192LL * 1024 * 1024; // so is one that keeps more memory than this after a request
    ChildErrors standardError = ChildErrors::Dropped;
};

class ChildPool
{
public:
    // Removes the folders that children of crashed processes have left in the work folder. Starts no child yet.
    // Fault::Unavailable if the folder cannot be read or the
    // program not be run.
    [[nodiscard]] static Result<std::unique_ptr<ChildPool>> create(const ChildPoolSettings &settings);
    // Kills the children. Precondition: no Lease is left.
    ~ChildPool();
    Q_DISABLE_COPY_MOVE(ChildPool)

    // One child, for one caller at a time; its folders are emptied when the lease goes. Not thread-safe.
    class Lease
    {
    public:
        Lease(Lease &&other) noexcept;
        ~Lease();
        Q_DISABLE_COPY(Lease)
        Lease &operator=(Lease &&) = delete;

        // Where it reads, and where it may write: both on the file system of the work folder. A file in them may be
        // anything: a link, a device, larger than was said.
        [[nodiscard]] QString inputFolder() const;
        [[nodiscard]] QString outputFolder() const;
        [[nodiscard]] qint64 processId() const;
        [[nodiscard]] Confinement confinement() const;

        // False once ask() or the caller has given it up: then its request may have broken it.
        [[nodiscard]] bool isSound() const;
        // Its answer cannot be true: it is killed, for it may be somebody else's by now.
        void distrust();

        // Fault::Timeout if no answer came by the deadline; Fault::Unprocessable if the child ended or answered
        // something that is none, with how as detail. After either it is killed, and the lease good for nothing.
        [[nodiscard]] Result<QJsonObject> ask(const QJsonObject &request, const Deadline &deadline);

    private:
        friend class ChildPool;
        Lease(ChildPool *pool, std::unique_ptr<Child> child);

        ChildPool *m_pool;
        std::unique_ptr<Child> m_child;
    };

    // Waits for a free child, or for a new one. Fault::Timeout if none was free by the deadline, Fault::Unavailable if
    // none could be started.
    [[nodiscard]] Result<Lease> lease(const Deadline &deadline);

private:
    class Keeper;

    explicit ChildPool(std::unique_ptr<Keeper> keeper);

    std::unique_ptr<Keeper> m_keeper;
};

} // namespace graminsta::isolation
