// SPDX-License-Identifier: GPL-3.0-or-later
// Registers a client application (POST /api/v1/apps). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/entities/oauth.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

// The out-of-band redirect: the code is shown for the person to copy (RFC 6749 has left it; clients still use it).
inline constexpr char kOutOfBand[] = "urn:ietf:wg:oauth:2.0:oob";

struct ApplicationRequest {
    QString name;
    QString website;
    QStringList redirectUris;
    QString scopes; // empty: "read"
};

struct RegisteredApplication {
    entities::Application application;
    QByteArray clientSecret; // said this once
};

class RegisterApplication
{
public:
    RegisterApplication(ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Fault::Unprocessable naming the field: no name, no or an unusable redirect URI. Fault::Invalid for a scope that
    // does not exist.
    [[nodiscard]] Result<RegisteredApplication> run(const ApplicationRequest &request, const Deadline &deadline) const;

private:
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
