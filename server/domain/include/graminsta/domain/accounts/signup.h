// SPDX-License-Identifier: GPL-3.0-or-later
// Signing up from a client application (POST /api/v1/accounts). Thread-safe.
#pragma once

#include <graminsta/domain/accounts/createaccount.h>
#include <graminsta/domain/oauth/issuetoken.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/viewer.h>

namespace graminsta::domain
{

struct SignUpRequest {
    QString username;
    QString email;
    QString password;
    QString locale;
    bool agreement = false;
};

class SignUp
{
public:
    SignUp(const InstanceSettings &settings, const CreateAccount &createAccount, const IssueToken &issueToken);

    // A token of the application for the new account. Fault::Forbidden if registrations are not open,
    // Fault::Unprocessable with the field as the code: as CreateAccount, and "agreement".
    [[nodiscard]] Result<IssuedToken> run(const entities::Viewer &viewer, const SignUpRequest &request,
                                          const Deadline &deadline) const;

private:
    const InstanceSettings &m_settings;
    const CreateAccount &m_createAccount;
    const IssueToken &m_issueToken;
};

} // namespace graminsta::domain
