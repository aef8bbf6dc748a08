// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/policy/feeds.h>

namespace graminsta::domain
{

using entities::Status;
using entities::Visibility;

namespace
{

// Also where what it commented on is gone.
bool isComment(const Status &status)
{
    return !status.inReplyToId.isNull() || !status.inReplyToAccountId.isNull();
}

} // namespace

bool isHomePost(const Status &status)
{
    return !isComment(status) && status.visibility != Visibility::Direct;
}

bool isPublicPost(const Status &status)
{
    return !isComment(status) && !status.isReblog() && status.visibility == Visibility::Public;
}

bool isTaggedPublicly(const Status &status)
{
    return !status.tags.isEmpty() && !status.isReblog() && status.visibility == Visibility::Public;
}

} // namespace graminsta::domain
