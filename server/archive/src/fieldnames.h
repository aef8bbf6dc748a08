// SPDX-License-Identifier: GPL-3.0-or-later
// What numbers of ours are called in an archive: the words of Mastodon's API.
#pragma once

#include <graminsta/entities/filter.h>

#include <QLatin1String>

namespace graminsta::archive
{

// By entities::Visibility.
inline constexpr const char *kVisibilities[] = { "public", "unlisted", "private", "direct" };
// By entities::FilterAction.
inline constexpr const char *kFilterActions[] = { "warn", "hide", "blur" };

struct ContextName {
    entities::FilterContext context;
    const char *name;
};
inline constexpr ContextName kContexts[] = {
    { entities::FilterContext::Home, "home" },       { entities::FilterContext::Notifications, "notifications" },
    { entities::FilterContext::Public, "public" },   { entities::FilterContext::Thread, "thread" },
    { entities::FilterContext::Account, "account" },
};

} // namespace graminsta::archive
