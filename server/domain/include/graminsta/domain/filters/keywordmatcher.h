// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a text has a filter's keyword. Without regard to case and width; in time linear in the text. Thread-safe.
#pragma once

#include <QList>
#include <QString>

namespace graminsta::domain
{

class KeywordMatcher
{
public:
    // With `wholeWord` no letter, mark or number may stand beside it; but where the keyword begins or ends with
    // something else, or with a character of a script that puts no spaces between words, anything may stand there.
    KeywordMatcher(const QString &keyword, bool wholeWord);

    // What isIn() expects.
    [[nodiscard]] static QString folded(const QString &text);
    [[nodiscard]] bool isIn(const QString &foldedText) const;

private:
    [[nodiscard]] bool isApart(const QString &text, qsizetype begin) const;

    QString m_keyword;
    QList<qsizetype> m_borders; // of each beginning of the keyword: the longest one that it also ends with
    bool m_isApartBefore = false; // what stands before it counts
    bool m_isApartAfter = false;
};

} // namespace graminsta::domain
