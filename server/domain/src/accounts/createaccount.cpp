// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/createaccount.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/accounts.h>

#include <QRegularExpression>

namespace graminsta::domain
{

namespace
{

constexpr int kMinPassword = 8;
constexpr int kMaxPassword = 1024;

Error invalidField(const char *field, const QString &message)
{
    return makeCodedError(Fault::Unprocessable, QLatin1String(field), QStringLiteral("Validation failed: ") + message);
}

Result<> validate(const NewAccount &request)
{
    static const QRegularExpression username(QStringLiteral("^[A-Za-z0-9_]{1,30}$"));
    static const QRegularExpression email(QStringLiteral("^[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)*$"));
    if (!username.match(request.username).hasMatch())
        return invalidField("username", QStringLiteral("Username must be 1 to 30 letters, digits and underscores"));
    if (!request.email.isEmpty() && (request.email.size() > 254 || !email.match(request.email).hasMatch()))
        return invalidField("email", QStringLiteral("E-mail address is invalid"));
    if (!request.password.isEmpty() && request.password.size() < kMinPassword)
        return invalidField("password",
                            QStringLiteral("Password is too short (minimum is %1 characters)").arg(kMinPassword));
    if (request.password.size() > kMaxPassword)
        return invalidField("password",
                            QStringLiteral("Password is too long (maximum is %1 characters)").arg(kMaxPassword));
    return {};
}

} // namespace

CreateAccount::CreateAccount(ports::UnitOfWork &unitOfWork, const ports::PasswordHasher &hasher, IdGenerator &ids,
                             const Clock &clock)
    : m_unitOfWork(unitOfWork)
    , m_hasher(hasher)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<entities::Account> CreateAccount::run(const NewAccount &request, const Deadline &deadline) const
{
    GI_TRY(validate(request));
    entities::Account account;
    account.id = m_ids.next<AccountId>();
    account.username = request.username;
    account.displayName = cleanText(request.displayName);
    account.createdAt = m_clock.now();
    entities::User user;
    user.accountId = account.id;
    user.email = request.email;
    if (!request.password.isEmpty())
        user.passwordHash = GI_TRY(m_hasher.hash(request.password));
    user.role = request.role;
    user.locale = request.locale;
    user.createdAt = account.createdAt;

    const Result<> written =
        m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.accounts.insert(account, user); });
    if (!written) {
        if (written.error().fault != Fault::Conflict)
            return written.error();
        if (written.error().code == QLatin1String("email"))
            return invalidField("email", QStringLiteral("E-mail address has already been taken"));
        return invalidField("username", QStringLiteral("Username has already been taken"));
    }
    return account;
}

} // namespace graminsta::domain
