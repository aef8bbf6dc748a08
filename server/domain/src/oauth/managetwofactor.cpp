// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/managetwofactor.h>

#include <graminsta/core/secrets.h>
#include <graminsta/domain/moderation/audit.h>
#include <graminsta/domain/oauth/totp.h>

namespace graminsta::domain
{

using entities::TwoFactor;
using entities::Viewer;

namespace
{

constexpr int kRecoveryCodes = 10;
constexpr int kRecoveryBytes = 10;
constexpr int kGroup = 4;

Error invalid(const QString &message)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + message);
}

// "abcd-efgh-ijkl-mnop": 80 bits, in letters that a person can copy.
QString newRecoveryCode()
{
    const QByteArray random = QByteArray::fromBase64(randomToken(kRecoveryBytes), QByteArray::Base64UrlEncoding);
    QString code = base32(random).toLower();
    for (qsizetype place = code.size() - kGroup; place > 0; place -= kGroup)
        code.insert(place, QLatin1Char('-'));
    return code;
}

} // namespace

ManageTwoFactor::ManageTwoFactor(const InstanceSettings &settings, const ports::AccountReader &accounts,
                                 const ports::TwoFactorReader &twoFactor, const PasswordSignIn &signIn,
                                 ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_settings(settings)
    , m_accounts(accounts)
    , m_twoFactor(twoFactor)
    , m_signIn(signIn)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<TwoFactorState> ManageTwoFactor::show(const Viewer &viewer, const Deadline &deadline) const
{
    const std::optional<TwoFactor> present = GI_TRY(m_twoFactor.twoFactor(viewer.account, deadline));
    if (!present || !present->confirmed)
        return TwoFactorState {};
    return TwoFactorState { true, GI_TRY(m_twoFactor.countRecoveryCodes(viewer.account, deadline)) };
}

Result<TwoFactorBegun> ManageTwoFactor::begin(const Viewer &viewer, const QString &password,
                                              const Deadline &deadline) const
{
    GI_TRY(m_signIn.checkOwnPassword(viewer.account, password, deadline));
    const QString username = GI_TRY(m_accounts.byId(viewer.account, deadline)).username;
    TwoFactor begun;
    begun.accountId = viewer.account;
    begun.secret = newTotpSecret();
    begun.createdAt = m_clock.now();
    const Result<> written =
        m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.twoFactor.begin(begun); });
    if (!written)
        return written.error().fault == Fault::Conflict
            ? invalid(QStringLiteral("This account has a second factor already"))
            : written.error();
    return TwoFactorBegun { base32(begun.secret), totpUri(begun.secret, m_settings.title, username) };
}

Result<QStringList> ManageTwoFactor::confirm(const Viewer &viewer, const QString &code, const Deadline &deadline) const
{
    const std::optional<TwoFactor> begun = GI_TRY(m_twoFactor.twoFactor(viewer.account, deadline));
    if (!begun || begun->confirmed)
        return invalid(QStringLiteral("There is no second factor that waits to be confirmed"));
    const std::optional<qint64> step = matchingTotpStep(begun->secret, code, m_clock.now());
    if (!step)
        return invalid(QStringLiteral("The code is wrong; is the clock of your device right?"));
    QStringList codes;
    QList<QByteArray> hashes;
    for (int index = 0; index < kRecoveryCodes; ++index) {
        codes.append(newRecoveryCode());
        hashes.append(recoveryCodeHash(codes.last()));
    }
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.twoFactor.useStep(viewer.account, *step)))
            return invalid(QStringLiteral("The code has been used"));
        GI_TRY(writers.twoFactor.confirm(viewer.account));
        return writers.twoFactor.setRecoveryCodes(viewer.account, hashes);
    }));
    return codes;
}

Result<> ManageTwoFactor::disable(const Viewer &viewer, const QString &password, const QString &code,
                                  const Deadline &deadline) const
{
    GI_TRY(m_signIn.checkOwnPassword(viewer.account, password, deadline));
    if (Result<> right = m_signIn.checkCode(viewer.account, code, deadline); !right) {
        if (right.error().fault != Fault::Unauthorized)
            return right;
        return makeError(Fault::Forbidden, right.error().safe);
    }
    return m_unitOfWork.write(deadline,
                              [&](ports::WriteSet &writers) { return writers.twoFactor.remove(viewer.account); });
}

Result<> ManageTwoFactor::reset(AccountId account, const Deadline &deadline) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const QString name = GI_TRY(writers.accounts.byId(account, deadline)).username;
        GI_TRY(writers.twoFactor.remove(account));
        return audit(writers, m_ids, m_clock, Actor::commandLine(),
                     { QStringLiteral("two_factor_off"), QStringLiteral("account"), account.number(), name, {} },
                     deadline);
    });
}

} // namespace graminsta::domain
