// SPDX-License-Identifier: GPL-3.0-or-later
// The program of child processes, as it was when it was opened: one that is replaced by another version meanwhile,
// which may speak otherwise, is not started.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QString>

#include <memory>

namespace graminsta::isolation
{

class Program
{
public:
    // Fault::Unavailable if there is no such program, or this user may not run it.
    [[nodiscard]] static Result<std::unique_ptr<Program>> open(const QString &path);
    ~Program();
    Q_DISABLE_COPY_MOVE(Program)

    // Where the opened file is, for a program that has another idea of /proc/self.
    [[nodiscard]] QByteArray place() const;
    // For people: what `ps` and messages show.
    [[nodiscard]] QString name() const { return m_name; }

private:
    Program(QString name, int fd);

    const QString m_name;
    const int m_fd;
};

} // namespace graminsta::isolation
