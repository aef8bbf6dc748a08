// SPDX-License-Identifier: GPL-3.0-or-later
// Removes the rows of an account that is being deleted, in small pieces, whatever stops in between; what
// only they have named of files goes by TidyMedia. A job. Thread-safe.
#pragma once

#include <graminsta/core/ids.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class RemoveAccount
{
public:
    explicit RemoveAccount(ports::UnitOfWork &unitOfWork);

    // The next piece. True if there is more. May be repeated; an account that is not being deleted is left alone.
    [[nodiscard]] Result<bool> run(AccountId account, const Deadline &deadline) const;

private:
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
