// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/instance/
#pragma once

#include <graminsta/client/session.h>
#include <graminsta/model/instance.h>

namespace graminsta::client
{

class Instances
{
public:
    explicit Instances(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    // Version 2, or version 1 where the server does not know that. What it does not say has the defaults of a careful
    // client. Fault::NotFound if there is no server of this kind.
    [[nodiscard]] QCoro::Task<Result<model::Instance>> show(CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
