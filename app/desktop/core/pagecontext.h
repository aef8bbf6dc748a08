// SPDX-License-Identifier: GPL-3.0-or-later
// What every page is given. References outlive the pages; the session is kept by whoever still uses it.
#pragma once

#include <desktop/core/accountsession.h>
#include <desktop/core/mediacache.h>
#include <desktop/core/navigator.h>

namespace graminsta
{

struct PageContext {
    std::shared_ptr<AccountSession> session;
    MediaCache &media;
    Navigator &navigator;
};

} // namespace graminsta
