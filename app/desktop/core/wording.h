// SPDX-License-Identifier: GPL-3.0-or-later
// How the app says times, numbers, sizes and errors to a person. Pure functions; thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/error.h>

#include <QString>

namespace graminsta
{

// "now", "5 min", "3 h", "2 d", then the date.
[[nodiscard]] QString briefAge(Timestamp then, Timestamp now);
// The full date and time in the local zone, for tooltips.
[[nodiscard]] QString fullTime(Timestamp then);

// "950", "1.2k", "3.4M".
[[nodiscard]] QString briefCount(qint64 count);
// "1 like", "2 likes", "1.2k likes": `one` and `many` are the words.
[[nodiscard]] QString counted(qint64 count, const QString &one, const QString &many);
// "3.4 MB", with units of 1000.
[[nodiscard]] QString fileSize(qint64 bytes);

// What went wrong as one sentence for a person; never the detail that is for the log.
[[nodiscard]] QString messageOf(const Error &error);
// Whether trying the same again may help.
[[nodiscard]] bool worthRetrying(const Error &error);

// The text of a status or biography: tags away, paragraphs and breaks as line ends, entities decoded.
[[nodiscard]] QString plainText(const QString &html);

} // namespace graminsta
