// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

namespace graminsta::clients_test
{

namespace
{

constexpr int kPatienceMs = 60'000;

}

Client::Client(const QString &program, const QStringList &arguments, const QString &home, const QString &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
    environment.insert(QStringLiteral("PYTHONUNBUFFERED"), QStringLiteral("1"));
    environment.insert(QStringLiteral("PYTHONIOENCODING"), QStringLiteral("utf-8"));
    // Whatever proxy this machine has, the server is not behind it.
    environment.insert(QStringLiteral("NO_PROXY"), QStringLiteral("127.0.0.1"));
    environment.insert(QStringLiteral("no_proxy"), QStringLiteral("127.0.0.1"));
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    if (!folder.isEmpty())
        m_process.setWorkingDirectory(folder);
    m_process.start(program, arguments);
}

QByteArray Client::waitFor(const QRegularExpression &expected)
{
    while (true) {
        const QRegularExpressionMatch match = expected.match(QString::fromUtf8(m_output));
        if (match.hasMatch())
            return match.captured().toUtf8();
        if (!m_process.waitForReadyRead(kPatienceMs))
            return {};
        m_output += m_process.readAll();
    }
}

bool Client::finish()
{
    m_process.closeWriteChannel();
    const bool ended = m_process.waitForFinished(kPatienceMs);
    m_output += m_process.readAll();
    if (!ended) {
        m_process.kill();
        m_process.waitForFinished();
    }
    return ended && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

QStringList Client::said(const QByteArray &prefix) const
{
    QStringList found;
    for (const QByteArray &line : m_output.split('\n')) {
        if (line.startsWith(prefix))
            found.append(QString::fromUtf8(line.mid(prefix.size()).trimmed()));
    }
    return found;
}

} // namespace graminsta::clients_test
