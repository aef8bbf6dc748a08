// SPDX-License-Identifier: GPL-3.0-or-later
// Dismissing what one was told. Thread-safe.
#pragma once

#include <graminsta/entities/viewer.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class ForgetNotifications
{
public:
    explicit ForgetNotifications(ports::UnitOfWork &unitOfWork);

    // Fault::NotFound if the viewer has none of that id.
    [[nodiscard]] Result<> one(const entities::Viewer &viewer, NotificationId id, const Deadline &deadline) const;
    [[nodiscard]] Result<> all(const entities::Viewer &viewer, const Deadline &deadline) const;

private:
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
