// SPDX-License-Identifier: GPL-3.0-or-later
// Who a bearer token stands for (RFC 6750). Thread-safe.
#pragma once

#include <graminsta/entities/viewer.h>
#include <graminsta/ports/oauth.h>

namespace graminsta::domain
{

class Authenticate
{
public:
    explicit Authenticate(const ports::OAuthReader &oauth);

    // Fault::Unauthorized if the token was never given or has been revoked; Fault::Forbidden if its account may not be
    // used now. One query: what moderators do counts from the next request on.
    [[nodiscard]] Result<entities::Viewer> run(const QByteArray &token, const Deadline &deadline) const;

private:
    const ports::OAuthReader &m_oauth;
};

} // namespace graminsta::domain
