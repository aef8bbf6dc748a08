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
    QString reason; // for who lets people in
    QString invite; // a code
};

class SignUp
{
public:
    SignUp(const InstanceSettings &settings, const CreateAccount &createAccount, const IssueToken &issueToken);

    // A token of the application for the new account. Where somebody lets people in, the token cannot be
    // used before. Fault::Forbidden if registrations are not open or there is no invitation where one is needed,
    // Fault::Unprocessable with the field as the code: as CreateAccount, and "agreement".
    [[nodiscard]] Result<IssuedToken> run(const entities::Viewer &viewer, const SignUpRequest &request,
                                          const Deadline &deadline) const;

private:
    const InstanceSettings &m_settings;
    const CreateAccount &m_createAccount;
    const IssueToken &m_issueToken;
};

} // namespace graminsta::domain
