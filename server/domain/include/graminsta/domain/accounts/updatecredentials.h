// SPDX-License-Identifier: GPL-3.0-or-later
// Changes one's own profile and preferences (PATCH /api/v1/accounts/update_credentials). Thread-safe.
#pragma once

#include <graminsta/domain/accounts/showaccounts.h>
#include <graminsta/domain/media/profileimage.h>
#include <graminsta/domain/settings.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

// What is not set stays as it is. Files are paths in the staging folder; the caller removes them.
struct ProfileChange {
    std::optional<QString> displayName;
    std::optional<QString> note;
    std::optional<QString> avatarFile;
    bool removesAvatar = false; // where no new one comes
    std::optional<QString> headerFile;
    std::optional<bool> locked;
    std::optional<bool> bot;
    std::optional<bool> discoverable;
    std::optional<QList<entities::ProfileField>> fields;
    std::optional<entities::Visibility> defaultVisibility;
    std::optional<bool> defaultSensitive;
    std::optional<QString> defaultLanguage;
    std::optional<entities::License> defaultLicense;
};

class UpdateCredentials
{
public:
    UpdateCredentials(const InstanceSettings &settings, const ProfileImage &images, ports::UnitOfWork &unitOfWork);

    // Fault::Unprocessable naming the field and its limit; the faults of ProfileImage for pictures. After a failure
    // nothing has changed.
    [[nodiscard]] Result<OwnAccount> run(const entities::Viewer &viewer, const ProfileChange &change,
                                         const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> validate(const ProfileChange &change) const;

    const InstanceSettings &m_settings;
    const ProfileImage &m_images;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
