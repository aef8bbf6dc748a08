// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace graminsta::isolation
{

Program::Program(QString name, int fd)
    : m_name(std::move(name))
    , m_fd(fd)
{
}

Program::~Program()
{
    ::close(m_fd);
}

Result<std::unique_ptr<Program>> Program::open(const QString &path)
{
    const QByteArray file = QFile::encodeName(path);
    const int fd = ::access(file.constData(), X_OK) == 0 ? ::open(file.constData(), O_PATH | O_CLOEXEC) : -1;
    if (fd < 0)
        return makeError(Fault::Unavailable, QStringLiteral("Files cannot be processed now."),
                         QStringLiteral("the program %1, which decodes photos and videos, cannot be run (%2): it "
                                        "belongs beside the server's; installing Graminsta again brings it")
                             .arg(path, QString::fromStdString(std::generic_category().message(errno))));
    return std::unique_ptr<Program>(new Program(QFileInfo(path).canonicalFilePath(), fd));
}

QByteArray Program::place() const
{
    // Not /proc/self: that is the child's by the time that it is looked up, and its descriptors are closed.
    return "/proc/" + QByteArray::number(::getpid()) + "/fd/" + QByteArray::number(m_fd);
}

} // namespace graminsta::isolation
