// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/createaccount.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/moderation.h>

#include <QRegularExpression>

namespace graminsta::domain
{

namespace
{

constexpr int kMinPassword = 8;
constexpr int kMaxPassword = 1024;
constexpr int kMaxReason = 2000;

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
    if (!request.password.isEmpty())
        GI_TRY(checkPassword(request.password));
    if (request.reason.size() > kMaxReason)
        return invalidField("reason", QStringLiteral("Reason is too long (maximum is %1 characters)").arg(kMaxReason));
    return {};
}

} // namespace

Result<> checkPassword(const QString &password)
{
    if (password.size() < kMinPassword)
        return invalidField("password",
                            QStringLiteral("Password is too short (minimum is %1 characters)").arg(kMinPassword));
    if (password.size() > kMaxPassword)
        return invalidField("password",
                            QStringLiteral("Password is too long (maximum is %1 characters)").arg(kMaxPassword));
    return {};
}

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
    user.application = request.application;
    user.signUpReason = cleanText(request.reason);
    if (request.pending && request.invite.isEmpty())
        account.restrictions = entities::Restriction::Pending;

    const Result<> written = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (!request.invite.isEmpty()) {
            const Result<entities::Invite> invite = writers.moderation.useInvite(request.invite, account.createdAt);
            if (!invite)
                return invite.error().fault == Fault::NotFound
                    ? invalidField("invite_code", QStringLiteral("The invitation is not valid any more"))
                    : invite.error();
            user.invitedBy = invite->accountId;
        }
        return writers.accounts.insert(account, user);
    });
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
