// SPDX-License-Identifier: GPL-3.0-or-later
// A person at the authorize page: fills in whatever form the server shows, as a browser would. Free functions.
#pragma once

#include "httpclient.h"

namespace graminsta::rig
{

enum class Consent { Approve, Deny };

struct Visitor {
    QString login;
    QString password;
    Consent consent = Consent::Approve;
};

// Opens the page at `target`, signs in, decides, and gives the last answer: a redirect to the client, or a page (with
// the code to copy, or with what went wrong). Gives up after a few forms.
[[nodiscard]] HttpReply visitAuthorizePage(HttpClient &browser, const QByteArray &target, const Visitor &visitor);

// The code that a page shows for copying (out-of-band); empty if it shows none.
[[nodiscard]] QString shownCode(const HttpReply &page);

// The value of a parameter in a redirect's Location; empty if there is none.
[[nodiscard]] QString redirectParameter(const HttpReply &redirect, const char *name);

} // namespace graminsta::rig
