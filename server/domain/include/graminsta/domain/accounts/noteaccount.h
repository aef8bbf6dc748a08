// SPDX-License-Identifier: GPL-3.0-or-later
// A private note about an account. Thread-safe.
#pragma once

#include <graminsta/domain/accounts/showrelationships.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class NoteAccount
{
public:
    NoteAccount(const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork);

    // Replaces an earlier one; an empty one removes it. Fault::NotFound if there is no such account,
    // Fault::Unprocessable naming the limit.
    [[nodiscard]] Result<entities::Relationship> run(const entities::Viewer &viewer, AccountId target,
                                                     const QString &note, const Deadline &deadline) const;

private:
    const ShowRelationships &m_relationships;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
