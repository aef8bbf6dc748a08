// SPDX-License-Identifier: GPL-3.0-or-later
// How the bundled server is deployed, as far as the app lets one choose: where its database is. Values and a controller
// for the GUI thread.
#pragma once

#include <graminsta/core/result.h>

#include <QObject>
#include <QProcess>

namespace graminsta
{

class LocalBackend;

struct ServerProfile {
    QString databaseUrl; // empty: SQLite on this computer

    [[nodiscard]] bool isOnThisComputer() const { return databaseUrl.isEmpty(); }
};

// A PostgreSQL address: "postgresql://user:password@host:5432/database?sslmode=require". Fault::Invalid says what is
// wrong with it.
[[nodiscard]] Result<> checkDatabaseUrl(const QString &url);

// The TOML text of a profile.
[[nodiscard]] QByteArray toToml(const ServerProfile &profile);

// The profile that writeServerProfile() has written; the default one if there is none.
[[nodiscard]] ServerProfile readServerProfile(const QString &file);
// For its owner only, since the address holds a password. The default profile is no file.
[[nodiscard]] Result<> writeServerProfile(const QString &file, const ServerProfile &profile);

// Tries a profile without touching the server that runs: `graminsta-server doctor`.
class ProfileTest final : public QObject
{
    Q_OBJECT
public:
    // `backend` must outlive the test.
    explicit ProfileTest(const LocalBackend &backend, QObject *parent = nullptr);
    ~ProfileTest() override;

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    void run(const ServerProfile &profile);

Q_SIGNALS:
    void changed();
    // `message` is for a person.
    void finished(bool good, const QString &message);

private:
    void ended();

    const LocalBackend &m_backend;
    QString m_file;
    QProcess m_process;
};

} // namespace graminsta
