// SPDX-License-Identifier: GPL-3.0-or-later
// Where somebody is signed in, and signing out of there. Thread-safe.
#pragma once

#include <graminsta/entities/oauth.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/oauth.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct SignedInApplication {
    entities::AccessToken token; // without what it is
    entities::Application application;
    bool current = false; // the one that asks
};

class SignedInApplications
{
public:
    SignedInApplications(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork);

    // The newest first.
    [[nodiscard]] Result<entities::Page<SignedInApplication>>
    list(const entities::Viewer &viewer, const entities::PageRequest &page, const Deadline &deadline) const;
    // Fault::NotFound if the viewer has none of that id.
    [[nodiscard]] Result<> revoke(const entities::Viewer &viewer, TokenId id, const Deadline &deadline) const;

private:
    const ports::OAuthReader &m_oauth;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
