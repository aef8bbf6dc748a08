// SPDX-License-Identifier: GPL-3.0-or-later
// What a word is, alike for what is searched and for what is sought, on every database. Pure functions, thread-safe.
//
// A text is folded (Unicode NFKD, case folding, without the accents on letters) and falls into words at all that is
// neither letter, mark nor number. Each emoji is a word. So is each character of a script that puts no spaces between
// words (Chinese, Japanese, Korean, Thai...); of these the index also has every two that stand together, so that what
// is sought by several characters is rare at once.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace graminsta::sql
{

struct SearchWord {
    QString text;
    bool joinsPrevious = false; // of a script without spaces, and so is the one before, with nothing between
    friend bool operator==(const SearchWord &, const SearchWord &) = default;
};

// In order. A very long one is cut.
[[nodiscard]] QList<SearchWord> searchWordsOf(const QString &text);

// What the index holds of a status: each once, no more than kMostIndexed, of the first texts first.
[[nodiscard]] QStringList indexedWordsOf(const QStringList &texts);
inline constexpr int kMostIndexed = 2000;

// What is sought: one word, or several that must stand together.
class SoughtPhrase
{
public:
    explicit SoughtPhrase(const QString &text);

    // Nothing can be found by it.
    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty(); }
    // What the index has of every status that has the phrase.
    [[nodiscard]] const QStringList &indexed() const { return m_indexed; }
    // Whether every status of which the index has that has the phrase.
    [[nodiscard]] bool isDecidedByIndex() const;
    [[nodiscard]] bool isIn(const QStringList &texts) const;

private:
    QList<SearchWord> m_words;
    QStringList m_indexed;
};

} // namespace graminsta::sql
