// SPDX-License-Identifier: GPL-3.0-or-later
#include "parentwatch.h"

#include <cerrno>

#include <unistd.h>

namespace graminsta::composition
{

namespace
{

constexpr qsizetype kMaxLine = 1024;

} // namespace

Result<QByteArray> readLineFromStandardInput()
{
    QByteArray line;
    char byte = 0;
    // A byte at a time: what follows the line is not ours to take.
    while (line.size() < kMaxLine) {
        const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || byte == '\n')
            break;
        line.append(byte);
    }
    if (line.isEmpty())
        return makeError(Fault::Invalid, QStringLiteral("A line was expected on standard input, and none came."));
    return line;
}

ParentWatch::ParentWatch()
    : m_notifier(STDIN_FILENO, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        char bytes[256];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN)))
            return;
        m_notifier.setEnabled(false);
        Q_EMIT gone();
    });
}

} // namespace graminsta::composition
