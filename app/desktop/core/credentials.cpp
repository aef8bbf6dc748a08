// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/credentials.h>

#include <QCoroSignal>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <qt6keychain/keychain.h>

namespace graminsta
{

namespace
{

const QString &service()
{
    static const QString name = QStringLiteral("graminsta");
    return name;
}

QJsonObject readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Result<> writeAll(const QString &path, const QJsonObject &secrets)
{
    QSaveFile file(path);
    // Before the first byte, so that there is no moment at which others can read it.
    const bool opened =
        file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!opened || file.write(QJsonDocument(secrets).toJson()) < 0 || !file.commit()) {
        return makeError(Fault::Unavailable, QStringLiteral("The sign-in cannot be saved: %1").arg(file.errorString()));
    }
    return {};
}

QCoro::Task<QKeychain::Error> finish(QKeychain::Job &job, QString key)
{
    job.setAutoDelete(false);
    job.setInsecureFallback(false);
    job.setKey(key);
    job.start();
    co_await qCoro(&job, &QKeychain::Job::finished);
    co_return job.error();
}

} // namespace

Credentials::Credentials(QString file, Where where)
    : m_file(std::move(file))
    , m_where(where)
{
}

QCoro::Task<Result<QString>> Credentials::read(QString key)
{
    const QString path = m_file;
    if (m_where == Where::KeyringFirst) {
        QKeychain::ReadPasswordJob job(service());
        const QKeychain::Error error = co_await finish(job, key);
        if (error == QKeychain::NoError) {
            co_return job.textData();
        }
    }
    const QString secret = readAll(path)[key].toString();
    if (secret.isEmpty()) {
        co_return makeError(Fault::NotFound, QStringLiteral("You are not signed in there any more."));
    }
    co_return secret;
}

QCoro::Task<Result<>> Credentials::write(QString key, QString secret)
{
    const QString path = m_file;
    if (m_where == Where::KeyringFirst) {
        QKeychain::WritePasswordJob job(service());
        job.setTextData(secret);
        const QKeychain::Error error = co_await finish(job, key);
        if (error == QKeychain::NoError) {
            co_return Result<> {};
        }
    }
    QJsonObject secrets = readAll(path);
    secrets[key] = secret;
    co_return writeAll(path, secrets);
}

QCoro::Task<Result<>> Credentials::remove(QString key)
{
    const QString path = m_file;
    if (m_where == Where::KeyringFirst) {
        QKeychain::DeletePasswordJob job(service());
        co_await finish(job, key);
    }
    QJsonObject secrets = readAll(path);
    if (!secrets.contains(key)) {
        co_return Result<> {};
    }
    secrets.remove(key);
    co_return writeAll(path, secrets);
}

} // namespace graminsta
