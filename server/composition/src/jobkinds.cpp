// SPDX-License-Identifier: GPL-3.0-or-later
// Which use case each kind of job is. The names are kept in the database: they never change.
#include <graminsta/composition/application.h>

namespace graminsta::composition
{

using entities::Job;
using jobs::JobKind;
using jobs::Outcome;

namespace
{

// Of what is done in parts and says whether there is more.
Result<Outcome> partDone(const Result<bool> &more)
{
    if (!more)
        return more.error();
    return *more ? Outcome::Again : Outcome::Done;
}

} // namespace

QList<JobKind> Application::jobKinds() const
{
    JobKind forgetExpired;
    forgetExpired.name = QStringLiteral("expired.forget");
    forgetExpired.every = std::chrono::minutes { 10 };
    forgetExpired.handler = [this](const Job &, const Deadline &deadline) {
        return partDone(m_forgetExpired.run(deadline));
    };
    return { forgetExpired };
}

} // namespace graminsta::composition
