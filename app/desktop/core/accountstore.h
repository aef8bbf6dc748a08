// SPDX-License-Identifier: GPL-3.0-or-later
// The accounts that the person has, in a JSON file; their tokens are kept apart (credentials.h). GUI thread only.
#pragma once

#include <graminsta/core/result.h>

#include <QList>
#include <QString>
#include <QUrl>

namespace graminsta
{

struct AccountEntry {
    enum class Kind {
        ThisComputer, // at the bundled server
        Elsewhere, // at the server of `baseUrl`
    };
    QString id; // the key of its secrets
    Kind kind = Kind::Elsewhere;
    QUrl baseUrl; // empty for ThisComputer: its port changes
    QString acct;
    QString displayName;
    friend bool operator==(const AccountEntry &, const AccountEntry &) = default;
};

// The id of the account at the bundled server.
[[nodiscard]] QString thisComputerId();

class AccountStore
{
public:
    // Reads `file`; the account of this computer is always there. A file that cannot be parsed counts as empty,
    // and is kept under another name.
    explicit AccountStore(QString file);

    [[nodiscard]] const QList<AccountEntry> &entries() const { return m_entries; }
    [[nodiscard]] const AccountEntry &current() const;

    // Each writes the file; after a failure nothing has changed on disk, and the change holds until the app ends.
    [[nodiscard]] Result<> setCurrent(const QString &id);
    // Adds, or replaces the one of the same id.
    [[nodiscard]] Result<> put(const AccountEntry &entry);
    // The account of this computer cannot be removed; it becomes the current one if the current one goes.
    [[nodiscard]] Result<> remove(const QString &id);

private:
    void read();
    [[nodiscard]] Result<> write();

    QString m_file;
    QList<AccountEntry> m_entries;
    QString m_current;
};

} // namespace graminsta
