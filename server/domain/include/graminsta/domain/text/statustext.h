// SPDX-License-Identifier: GPL-3.0-or-later
// What a status's text says besides its words: hashtags, mentions, and how long it counts. Pure functions.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace graminsta::domain
{

enum class SpanKind { Plain, Hashtag, Mention, Url };

// A piece of a text; the pieces of splitText() put together are the text again.
struct TextSpan {
    SpanKind kind = SpanKind::Plain;
    QString text; // with its '#' or '@'
};

[[nodiscard]] QList<TextSpan> splitText(const QString &text);

// Lower case, without '#', each once, in the order they come.
[[nodiscard]] QStringList hashtagsOf(const QString &text);
// Usernames without '@', lower case, each once. Only accounts of this server can be meant.
[[nodiscard]] QStringList mentionsOf(const QString &text);

// In code points, a URL counting as 23 whatever its length, as Mastodon counts.
// https://docs.joinmastodon.org/user/posting/#links
[[nodiscard]] int countedLength(const QString &text);
inline constexpr int kCharactersPerUrl = 23;

// Line breaks as \n, no NUL, no lone surrogates, no blank ends: what is stored.
[[nodiscard]] QString cleanText(const QString &text);

} // namespace graminsta::domain
