// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of a sign-in among the credentials: the token, and what it takes to give it back. Values.
#pragma once

#include <QString>

namespace graminsta
{

struct KeptToken {
    QString token; // empty: the text was none
    QString clientId;
    QString clientSecret;
};

[[nodiscard]] QString toText(const KeptToken &kept);
[[nodiscard]] KeptToken keptTokenFrom(const QString &text);

} // namespace graminsta
