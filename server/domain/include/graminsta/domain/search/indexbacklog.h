// SPDX-License-Identifier: GPL-3.0-or-later
// Makes those posts findable by their words that came before words were kept. A job. Thread-safe.
#pragma once

#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class IndexBacklog
{
public:
    explicit IndexBacklog(ports::UnitOfWork &unitOfWork);

    // A bounded part of it, the newest first. True if there may be more.
    [[nodiscard]] Result<bool> run(const Deadline &deadline) const;

private:
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
