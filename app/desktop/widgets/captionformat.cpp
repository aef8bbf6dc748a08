// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/widgets/captionformat.h>

#include <QPalette>
#include <QRegularExpression>

namespace graminsta
{

QList<QTextLayout::FormatRange> captionFormats(const QString &text, const QPalette &palette)
{
    static const QRegularExpression marked(QStringLiteral(R"((?<![\w/])[#@][\w][\w.@-]*|https?://[^\s]+)"),
                                           QRegularExpression::UseUnicodePropertiesOption);
    QList<QTextLayout::FormatRange> formats;
    for (auto matches = marked.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(match.capturedStart());
        range.length = static_cast<int>(match.capturedLength());
        range.format.setForeground(palette.color(QPalette::Link));
        formats.append(range);
    }
    return formats;
}

} // namespace graminsta
