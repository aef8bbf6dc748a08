// SPDX-License-Identifier: GPL-3.0-or-later
// Removes the rows and files of an account that is being deleted, in small pieces, whatever stops in between. A job.
// Thread-safe.
#pragma once

#include <graminsta/core/ids.h>
#include <graminsta/ports/mediastore.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class RemoveAccount
{
public:
    RemoveAccount(ports::MediaStore &store, ports::UnitOfWork &unitOfWork);

    // The next piece. True if there is more. May be repeated; an account that is not being deleted is left alone.
    [[nodiscard]] Result<bool> run(AccountId account, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> removeArchives(AccountId account, const Deadline &deadline) const;
    [[nodiscard]] Result<> removeOriginals(AccountId account, const Deadline &deadline) const;

    ports::MediaStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
