// SPDX-License-Identifier: GPL-3.0-or-later
#include "searchwords.h"

#include <QChar>
#include <QSet>

#include <algorithm>
#include <utility>

namespace graminsta::sql
{

namespace
{

constexpr int kLongestWord = 64;

// Accents and the like on letters of alphabets. Not the vowel signs of Indic scripts, which are marks too.
bool isAccent(char32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF)
        || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F);
}

bool isWithoutSpaces(char32_t c)
{
    if (c == 0x30FC || c == 0x3005) // what makes the sound before it long, and what repeats the character before it
        return true;
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

enum class Kind { Gap, Nothing, Letter, Alone, Emoji };

Kind kindOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return isWithoutSpaces(c) ? Kind::Alone : Kind::Letter;
    case QChar::Symbol_Other:
        return Kind::Emoji;
    case QChar::Other_Format: // soft hyphens, joiners
        return Kind::Nothing;
    default:
        return Kind::Gap;
    }
}

QString foldedText(const QString &text)
{
    // By the upper case: Qt folds only what one character stands for, and there the German sharp s is two.
    const QString apart = text.normalized(QString::NormalizationForm_KD).toUpper().toCaseFolded();
    QString bare;
    bare.reserve(apart.size());
    for (const char32_t c : apart.normalized(QString::NormalizationForm_KD).toUcs4()) {
        if (!isAccent(c))
            bare += QChar::fromUcs4(c);
    }
    return bare.normalized(QString::NormalizationForm_C);
}

// Gathers the words of one text.
class Words
{
public:
    void add(char32_t c)
    {
        switch (kindOf(c)) {
        case Kind::Nothing:
            return;
        case Kind::Letter:
            if (m_word.size() < kLongestWord)
                m_word += QChar::fromUcs4(c);
            m_isAfterAlone = false;
            return;
        case Kind::Alone:
            end();
            m_words.append({ QString::fromUcs4(&c, 1), m_isAfterAlone });
            m_isAfterAlone = true;
            return;
        case Kind::Emoji:
            end();
            m_words.append({ QString::fromUcs4(&c, 1), false });
            break;
        case Kind::Gap:
            end();
            break;
        }
        m_isAfterAlone = false;
    }
    [[nodiscard]] QList<SearchWord> take()
    {
        end();
        return std::move(m_words);
    }

private:
    void end()
    {
        if (!m_word.isEmpty())
            m_words.append({ std::exchange(m_word, {}), false });
    }

    QList<SearchWord> m_words;
    QString m_word;
    bool m_isAfterAlone = false;
};

} // namespace

QList<SearchWord> searchWordsOf(const QString &text)
{
    Words words;
    for (const char32_t c : foldedText(text).toUcs4())
        words.add(c);
    return words.take();
}

QStringList indexedWordsOf(const QStringList &texts)
{
    QStringList indexed;
    QSet<QString> known;
    const auto add = [&](const QString &word) {
        if (indexed.size() < kMostIndexed && !known.contains(word)) {
            known.insert(word);
            indexed.append(word);
        }
    };
    for (const QString &text : texts) {
        const QList<SearchWord> words = searchWordsOf(text);
        for (qsizetype i = 0; i < words.size(); ++i) {
            add(words[i].text);
            if (words[i].joinsPrevious)
                add(words[i - 1].text + words[i].text);
        }
    }
    return indexed;
}

SoughtPhrase::SoughtPhrase(const QString &text)
    : m_words(searchWordsOf(text))
{
    for (qsizetype i = 0; i < m_words.size(); ++i) {
        const bool isJoined = m_words[i].joinsPrevious || (i + 1 < m_words.size() && m_words[i + 1].joinsPrevious);
        if (!isJoined)
            m_indexed.append(m_words[i].text);
        else if (m_words[i].joinsPrevious)
            m_indexed.append(m_words[i - 1].text + m_words[i].text);
    }
    m_indexed.removeDuplicates();
}

bool SoughtPhrase::isDecidedByIndex() const
{
    return m_words.size() == 1 || (m_words.size() == 2 && m_words.last().joinsPrevious);
}

bool SoughtPhrase::isIn(const QStringList &texts) const
{
    const auto isSame = [](const SearchWord &one, const SearchWord &other) { return one.text == other.text; };
    return std::any_of(texts.cbegin(), texts.cend(), [&](const QString &text) {
        const QList<SearchWord> words = searchWordsOf(text);
        return std::search(words.cbegin(), words.cend(), m_words.cbegin(), m_words.cend(), isSame) != words.cend();
    });
}

} // namespace graminsta::sql
