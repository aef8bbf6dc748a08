// SPDX-License-Identifier: GPL-3.0-or-later
#include "body/spoolfile.h"

#include <graminsta/core/secrets.h>

namespace graminsta::http
{

namespace
{

Error cannotStore(const QFile &file)
{
    return makeError(Fault::Unavailable, QStringLiteral("The upload cannot be stored now"),
                     QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()));
}

} // namespace

SpoolFile::SpoolFile(const QString &path)
    : m_file(path)
{
}

SpoolFile::~SpoolFile()
{
    if (!m_handedOn && m_file.isOpen())
        m_file.remove();
}

Result<std::unique_ptr<SpoolFile>> SpoolFile::create(const QString &folder)
{
    const QString path = folder + QStringLiteral("/upload-") + QString::fromLatin1(randomToken(18));
    std::unique_ptr<SpoolFile> spool(new SpoolFile(path));
    // Pieces come in tens of kilobytes: a buffer of QFile's own would only copy them.
    if (!spool->m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                            QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return cannotStore(spool->m_file);
    return spool;
}

Result<> SpoolFile::write(QByteArrayView piece)
{
    if (m_file.write(piece.data(), piece.size()) != piece.size())
        return cannotStore(m_file);
    m_size += piece.size();
    return {};
}

Result<UploadedFile> SpoolFile::finish(const QString &clientName)
{
    const QString path = m_file.fileName();
    m_file.close();
    m_handedOn = true;
    return UploadedFile { clientName, path, m_size,
                          std::shared_ptr<void>(nullptr, [path](void *) { QFile::remove(path); }) };
}

} // namespace graminsta::http
