// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/serverprofile.h>

#include <desktop/core/localbackend.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTimer>

namespace graminsta
{

namespace
{

constexpr std::chrono::seconds kTestLimit { 30 };

struct Verdict {
    bool good = false;
    QString message;
};

// From the output of `doctor --json`. That the database is empty is no fault: the server sets it up when it starts.
Verdict verdictOf(const QByteArray &output)
{
    const QJsonArray checks = QJsonDocument::fromJson(output)[QLatin1String("checks")].toArray();
    bool isEmpty = false;
    for (const auto &check : checks) {
        if (check[QLatin1String("empty")].toBool()) {
            isEmpty = true;
        } else if (!check[QLatin1String("ok")].toBool()) {
            return { false, check[QLatin1String("findings")][0].toString() };
        }
    }
    return { !checks.isEmpty(),
             isEmpty ? QStringLiteral("The database answers. It is empty, and is set up when you apply this.")
                     : QStringLiteral("The database answers and can be used.") };
}

QString lastLine(const QByteArray &text)
{
    const QList<QByteArray> lines = text.trimmed().split('\n');
    return QString::fromUtf8(lines.last().left(400));
}

} // namespace

Result<> checkDatabaseUrl(const QString &url)
{
    const QUrl parsed(url.trimmed(), QUrl::StrictMode);
    const bool postgres = parsed.scheme() == u"postgresql" || parsed.scheme() == u"postgres";
    if (!parsed.isValid() || !postgres) {
        return makeError(Fault::Invalid,
                         QStringLiteral("The address begins with postgresql://, such as "
                                        "postgresql://me:secret@db.example.org:5432/graminsta"));
    }
    if (parsed.path().size() < 2) {
        return makeError(Fault::Invalid,
                         QStringLiteral("The name of the database is missing: postgresql://…/graminsta"));
    }
    return {};
}

QByteArray toToml(const ServerProfile &profile)
{
    QString value = profile.databaseUrl;
    value.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    return QStringLiteral("# Written by Graminsta's settings.\n[database]\nurl = \"%1\"\n").arg(value).toUtf8();
}

ServerProfile readServerProfile(const QString &file)
{
    QFile profile(file);
    if (!profile.open(QIODevice::ReadOnly)) {
        return {};
    }
    // Only what writeServerProfile() writes is read: other keys are the server's affair.
    static const QRegularExpression url(QStringLiteral(R"re(^url\s*=\s*"((?:[^"\\]|\\.)*)"\s*$)re"),
                                        QRegularExpression::MultilineOption);
    QString value = url.match(QString::fromUtf8(profile.readAll())).captured(1);
    value.replace(QStringLiteral("\\\""), QStringLiteral("\"")).replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
    return { value };
}

Result<> writeServerProfile(const QString &path, const ServerProfile &profile)
{
    if (profile.isOnThisComputer()) {
        QFile::remove(path);
        return {};
    }
    QSaveFile file(path);
    const bool opened =
        file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!opened || file.write(toToml(profile)) < 0 || !file.commit()) {
        return makeError(Fault::Unavailable, QStringLiteral("The profile cannot be saved: %1").arg(file.errorString()));
    }
    return {};
}

ProfileTest::ProfileTest(const LocalBackend &backend, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_file(backend.paths().data + QStringLiteral("/server-test.toml"))
{
    connect(&m_process, &QProcess::finished, this, &ProfileTest::ended);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            Q_EMIT finished(false,
                            QStringLiteral("graminsta-server cannot be started: %1").arg(m_process.errorString()));
        }
    });
}

ProfileTest::~ProfileTest()
{
    m_process.disconnect(this);
    QFile::remove(m_file);
}

void ProfileTest::run(const ServerProfile &profile)
{
    if (isRunning()) {
        return;
    }
    if (const Result<> written = writeServerProfile(m_file, profile); !written) {
        Q_EMIT finished(false, written.error().safe);
        return;
    }
    QStringList arguments { QStringLiteral("doctor"), QStringLiteral("--json"), QStringLiteral("--data"),
                            m_backend.paths().serverData() };
    // The default profile is no file.
    if (!profile.isOnThisComputer()) {
        arguments << QStringLiteral("--profile") << m_file;
    }
    m_process.start(m_backend.program(), arguments);
    QTimer::singleShot(kTestLimit, &m_process, &QProcess::kill);
    Q_EMIT changed();
}

void ProfileTest::ended()
{
    QFile::remove(m_file);
    const QByteArray output = m_process.readAllStandardOutput();
    const QByteArray errors = m_process.readAllStandardError();
    if (m_process.exitStatus() != QProcess::NormalExit) {
        Q_EMIT finished(false, QStringLiteral("The test did not end in time."));
        return;
    }
    const Verdict verdict = verdictOf(output);
    // A profile that cannot be read at all is said on standard error.
    Q_EMIT finished(verdict.good, output.isEmpty() ? lastLine(errors) : verdict.message);
}

} // namespace graminsta
