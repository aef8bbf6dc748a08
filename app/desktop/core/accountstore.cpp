// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/accountstore.h>

#include <graminsta/core/logging.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace graminsta
{

namespace
{

Q_LOGGING_CATEGORY(logAccounts, "graminsta.app.accounts")

AccountEntry thisComputer()
{
    return { thisComputerId(), AccountEntry::Kind::ThisComputer, {}, {}, QStringLiteral("This computer") };
}

AccountEntry entryOf(const QJsonObject &json)
{
    AccountEntry entry;
    entry.id = json[QLatin1String("id")].toString();
    entry.kind = entry.id == thisComputerId() ? AccountEntry::Kind::ThisComputer : AccountEntry::Kind::Elsewhere;
    entry.baseUrl = QUrl(json[QLatin1String("base_url")].toString());
    entry.acct = json[QLatin1String("acct")].toString();
    entry.displayName = json[QLatin1String("display_name")].toString();
    return entry;
}

QJsonObject jsonOf(const AccountEntry &entry)
{
    return { { QStringLiteral("id"), entry.id },
             { QStringLiteral("base_url"), entry.baseUrl.toString() },
             { QStringLiteral("acct"), entry.acct },
             { QStringLiteral("display_name"), entry.displayName } };
}

} // namespace

QString thisComputerId()
{
    return QStringLiteral("this-computer");
}

AccountStore::AccountStore(QString file)
    : m_file(std::move(file))
{
    read();
    const bool known = std::any_of(m_entries.cbegin(), m_entries.cend(),
                                   [](const AccountEntry &entry) { return entry.id == thisComputerId(); });
    if (!known) {
        m_entries.prepend(thisComputer());
    }
}

void AccountStore::read()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll(), &error).object();
    if (error.error != QJsonParseError::NoError) {
        qCWarning(logAccounts).noquote() << m_file << "cannot be read:" << error.errorString();
        file.rename(m_file + QStringLiteral(".unreadable"));
        return;
    }
    m_current = json[QLatin1String("current")].toString();
    const QJsonArray accounts = json[QLatin1String("accounts")].toArray();
    for (const auto &value : accounts) {
        const AccountEntry entry = entryOf(value.toObject());
        if (!entry.id.isEmpty()) {
            m_entries.append(entry);
        }
    }
}

Result<> AccountStore::write()
{
    QJsonArray accounts;
    for (const AccountEntry &entry : std::as_const(m_entries)) {
        accounts.append(jsonOf(entry));
    }
    const QJsonObject json { { QStringLiteral("current"), m_current }, { QStringLiteral("accounts"), accounts } };
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0 || !file.commit()) {
        return makeError(Fault::Unavailable,
                         QStringLiteral("Your accounts cannot be saved: %1").arg(file.errorString()));
    }
    return {};
}

const AccountEntry &AccountStore::current() const
{
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                    [this](const AccountEntry &entry) { return entry.id == m_current; });
    return found == m_entries.cend() ? m_entries.first() : *found;
}

Result<> AccountStore::setCurrent(const QString &id)
{
    m_current = id;
    return write();
}

Result<> AccountStore::put(const AccountEntry &entry)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const AccountEntry &known) { return known.id == entry.id; });
    if (found == m_entries.end()) {
        m_entries.append(entry);
    } else {
        *found = entry;
    }
    return write();
}

Result<> AccountStore::remove(const QString &id)
{
    if (id == thisComputerId()) {
        return makeError(Fault::Forbidden, QStringLiteral("The account of this computer stays."));
    }
    m_entries.removeIf([&](const AccountEntry &entry) { return entry.id == id; });
    if (m_current == id) {
        m_current = thisComputerId();
    }
    return write();
}

} // namespace graminsta
