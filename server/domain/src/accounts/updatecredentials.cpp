// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/updatecredentials.h>

#include <graminsta/domain/text/statustext.h>

namespace graminsta::domain
{

namespace
{

constexpr int kMaxFieldText = 255;

Error tooLong(const QString &field, int limit, qsizetype actual)
{
    return makeError(Fault::Unprocessable,
                     QStringLiteral("Validation failed: %1 is too long (maximum is %2 characters, these are %3)")
                         .arg(field)
                         .arg(limit)
                         .arg(actual));
}

void applyTexts(const ProfileChange &change, OwnAccount &own)
{
    if (change.displayName)
        own.account.displayName = cleanText(*change.displayName);
    if (change.note)
        own.account.note = cleanText(*change.note);
    if (!change.fields)
        return;
    own.account.fields.clear();
    for (const entities::ProfileField &field : *change.fields) {
        const entities::ProfileField clean { cleanText(field.name), cleanText(field.value) };
        // A client empties a field to remove it.
        if (!clean.name.isEmpty() || !clean.value.isEmpty())
            own.account.fields.append(clean);
    }
}

void applyFlags(const ProfileChange &change, OwnAccount &own)
{
    own.account.locked = change.locked.value_or(own.account.locked);
    own.account.bot = change.bot.value_or(own.account.bot);
    own.account.discoverable = change.discoverable.value_or(own.account.discoverable);
    own.user.defaultVisibility = change.defaultVisibility.value_or(own.user.defaultVisibility);
    own.user.defaultSensitive = change.defaultSensitive.value_or(own.user.defaultSensitive);
    own.user.defaultLanguage = change.defaultLanguage.value_or(own.user.defaultLanguage);
    own.user.defaultLicense = change.defaultLicense.value_or(own.user.defaultLicense);
}

} // namespace

UpdateCredentials::UpdateCredentials(const InstanceSettings &settings, const ProfileImage &images,
                                     ports::UnitOfWork &unitOfWork)
    : m_settings(settings)
    , m_images(images)
    , m_unitOfWork(unitOfWork)
{
}

Result<OwnAccount> UpdateCredentials::run(const entities::Viewer &viewer, const ProfileChange &change,
                                          const Deadline &deadline) const
{
    GI_TRY(validate(change));
    std::optional<StoredPicture> avatar;
    if (change.avatarFile)
        avatar = GI_TRY(m_images.storeAvatar(*change.avatarFile, deadline));
    else if (change.removesAvatar)
        avatar.emplace();
    std::optional<StoredPicture> header;
    if (change.headerFile)
        header = GI_TRY(m_images.storeHeader(*change.headerFile, deadline));

    OwnAccount own;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        // Read in the transaction: a parallel change of other fields is not undone.
        own.account = GI_TRY(writers.accounts.byId(viewer.account, deadline));
        own.user = GI_TRY(writers.accounts.user(viewer.account, deadline));
        applyTexts(change, own);
        applyFlags(change, own);
        for (const auto &[picture, key] :
             { std::pair(&avatar, &own.account.avatarKey), { &header, &own.account.headerKey } }) {
            if (!*picture)
                continue;
            GI_TRY(writers.blobs.confirm((*picture)->holds));
            *key = (*picture)->key;
        }
        own.followRequests = GI_TRY(writers.follows.countRequests(viewer.account, kMostFollowRequests, deadline));
        // Users before accounts, as whoever locks how accounts stand to each other.
        GI_TRY(writers.accounts.updateUser(own.user));
        return writers.accounts.updateProfile(own.account);
    }));
    return own;
}

Result<> UpdateCredentials::validate(const ProfileChange &change) const
{
    const ContentLimits &limits = m_settings.limits;
    if (change.displayName && countedLength(*change.displayName) > limits.maxDisplayName)
        return tooLong(QStringLiteral("Display name"), limits.maxDisplayName, countedLength(*change.displayName));
    if (change.note && countedLength(*change.note) > limits.maxNote)
        return tooLong(QStringLiteral("Bio"), limits.maxNote, countedLength(*change.note));
    if (!change.fields)
        return {};
    if (change.fields->size() > limits.maxProfileFields)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: a profile has at most %1 fields (these are %2)")
                             .arg(limits.maxProfileFields)
                             .arg(change.fields->size()));
    for (const entities::ProfileField &field : *change.fields) {
        const qsizetype longest = std::max(field.name.size(), field.value.size());
        if (longest > kMaxFieldText)
            return tooLong(QStringLiteral("Profile field"), kMaxFieldText, longest);
    }
    return {};
}

} // namespace graminsta::domain
