// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/filters/keywordmatcher.h>

#include <QChar>

namespace graminsta::domain
{

namespace
{

// The character that begins at `at`, or that ends before it.
char32_t characterAt(const QString &text, qsizetype at)
{
    if (at + 1 < text.size() && text[at].isHighSurrogate() && text[at + 1].isLowSurrogate())
        return QChar::surrogateToUcs4(text[at], text[at + 1]);
    return text[at].unicode();
}

char32_t characterBefore(const QString &text, qsizetype at)
{
    if (at >= 2 && text[at - 1].isLowSurrogate() && text[at - 2].isHighSurrogate())
        return QChar::surrogateToUcs4(text[at - 2], text[at - 1]);
    return text[at - 1].unicode();
}

bool isOfWord(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c) || c == U'_';
}

bool needsGap(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return false;
    default:
        return isOfWord(c);
    }
}

} // namespace

KeywordMatcher::KeywordMatcher(const QString &keyword, bool wholeWord)
    : m_keyword(folded(keyword))
{
    if (m_keyword.isEmpty())
        return;
    m_isApartBefore = wholeWord && needsGap(characterAt(m_keyword, 0));
    m_isApartAfter = wholeWord && needsGap(characterBefore(m_keyword, m_keyword.size()));
    // Knuth, Morris, Pratt: what has matched tells where to go on, so that no character is read twice.
    m_borders.fill(0, m_keyword.size());
    for (qsizetype end = 1, border = 0; end < m_keyword.size(); ++end) {
        while (border > 0 && m_keyword[border] != m_keyword[end])
            border = m_borders[border - 1];
        if (m_keyword[border] == m_keyword[end])
            ++border;
        m_borders[end] = border;
    }
}

QString KeywordMatcher::folded(const QString &text)
{
    // By the upper case: Qt folds only what one character stands for, and there the German sharp s is two.
    return text.normalized(QString::NormalizationForm_KC).toUpper().toCaseFolded();
}

bool KeywordMatcher::isIn(const QString &foldedText) const
{
    if (m_keyword.isEmpty())
        return false;
    for (qsizetype at = 0, matched = 0; at < foldedText.size(); ++at) {
        while (matched > 0 && m_keyword[matched] != foldedText[at])
            matched = m_borders[matched - 1];
        if (m_keyword[matched] == foldedText[at])
            ++matched;
        if (matched == m_keyword.size()) {
            if (isApart(foldedText, at + 1 - matched))
                return true;
            matched = m_borders[matched - 1];
        }
    }
    return false;
}

bool KeywordMatcher::isApart(const QString &text, qsizetype begin) const
{
    const qsizetype end = begin + m_keyword.size();
    const bool isFreeBefore = !m_isApartBefore || begin == 0 || !isOfWord(characterBefore(text, begin));
    const bool isFreeAfter = !m_isApartAfter || end == text.size() || !isOfWord(characterAt(text, end));
    return isFreeBefore && isFreeAfter;
}

} // namespace graminsta::domain
