// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/text/statustext.h>

#include <QRegularExpression>

namespace graminsta::domain
{

namespace
{

// One pattern for what is not plain. A hashtag needs a letter; neither begins inside a word, and a URL wins over both.
const QRegularExpression &specials()
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(https?://[^\s<>"']+[^\s<>"'.,;:!?)\]}])"
                       R"(|(?<![\p{L}\p{N}_/#&])#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)"
                       R"(|(?<![\p{L}\p{N}_/@.])@[A-Za-z0-9_]+(?![A-Za-z0-9_]|@[A-Za-z0-9]))"),
        QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

SpanKind kindOf(QChar first)
{
    if (first == QLatin1Char('#'))
        return SpanKind::Hashtag;
    return first == QLatin1Char('@') ? SpanKind::Mention : SpanKind::Url;
}

// Most texts are plain, and looking for these costs a fraction of what the pattern does.
bool mayHaveSpecials(QStringView text)
{
    return text.contains(QLatin1Char('#')) || text.contains(QLatin1Char('@')) || text.contains(QLatin1String("://"));
}

QStringList distinct(const QString &text, SpanKind kind)
{
    QStringList names;
    for (const TextSpan &span : splitText(text)) {
        if (span.kind == kind)
            names.append(span.text.mid(1).toLower());
    }
    names.removeDuplicates();
    return names;
}

qsizetype codePoints(const QString &text)
{
    qsizetype count = 0;
    for (const QChar c : text)
        count += c.isLowSurrogate() ? 0 : 1;
    return count;
}

} // namespace

QList<TextSpan> splitText(const QString &text)
{
    if (!mayHaveSpecials(text))
        return text.isEmpty() ? QList<TextSpan>() : QList<TextSpan> { { SpanKind::Plain, text } };
    QList<TextSpan> spans;
    qsizetype done = 0;
    QRegularExpressionMatchIterator matches = specials().globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedStart() > done)
            spans.append({ SpanKind::Plain, text.mid(done, match.capturedStart() - done) });
        spans.append({ kindOf(text[match.capturedStart()]), match.captured() });
        done = match.capturedEnd();
    }
    if (done < text.size())
        spans.append({ SpanKind::Plain, text.mid(done) });
    return spans;
}

QStringList hashtagsOf(const QString &text)
{
    return distinct(text, SpanKind::Hashtag);
}

QStringList mentionsOf(const QString &text)
{
    return distinct(text, SpanKind::Mention);
}

int countedLength(const QString &text)
{
    qsizetype length = 0;
    for (const TextSpan &span : splitText(text))
        length += span.kind == SpanKind::Url ? kCharactersPerUrl : codePoints(span.text);
    return int(length);
}

QString cleanText(const QString &text)
{
    QString clean;
    clean.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            clean += c;
            clean += text[++i];
        } else if (c == QLatin1Char('\r')) {
            if (i + 1 >= text.size() || text[i + 1] != QLatin1Char('\n'))
                clean += QLatin1Char('\n');
        } else if (!c.isSurrogate() && c != QChar(0)) {
            clean += c;
        }
    }
    return clean.trimmed();
}

} // namespace graminsta::domain
