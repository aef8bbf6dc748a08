// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

#include <graminsta/domain/text/statustext.h>

#include <QUrl>

namespace graminsta::handlers
{

using domain::SpanKind;
using domain::TextSpan;

namespace
{

QString link(const QString &url, const QString &classes, const QString &innerHtml)
{
    return QStringLiteral(
               "<a href=\"%1\" class=\"%2\" rel=\"tag nofollow noopener noreferrer\" target=\"_blank\">%3</a>")
        .arg(url.toHtmlEscaped(), classes, innerHtml);
}

QString tagLink(const QString &hashtag, const QString &baseUrl)
{
    const QString name = hashtag.mid(1);
    const QString url =
        baseUrl + QStringLiteral("/tags/") + QString::fromLatin1(QUrl::toPercentEncoding(name.toLower()));
    return link(url, QStringLiteral("mention hashtag"), QStringLiteral("#<span>%1</span>").arg(name.toHtmlEscaped()));
}

QString mentionLink(const QString &mention, const QList<entities::Mention> &mentions, const QString &baseUrl)
{
    const QString name = mention.mid(1);
    for (const entities::Mention &known : mentions) {
        if (known.username.compare(name, Qt::CaseInsensitive) == 0)
            return QStringLiteral("<span class=\"h-card\">%1</span>")
                .arg(link(baseUrl + QStringLiteral("/@") + known.username, QStringLiteral("u-url mention"),
                          QStringLiteral("@<span>%1</span>").arg(known.username.toHtmlEscaped())));
    }
    return mention.toHtmlEscaped();
}

QString spanHtml(const TextSpan &span, const QList<entities::Mention> &mentions, const QString &baseUrl)
{
    switch (span.kind) {
    case SpanKind::Plain:
        return span.text.toHtmlEscaped();
    case SpanKind::Hashtag:
        return tagLink(span.text, baseUrl);
    case SpanKind::Mention:
        return mentionLink(span.text, mentions, baseUrl);
    case SpanKind::Url:
        return link(span.text, {}, span.text.toHtmlEscaped());
    }
    return {};
}

QString spansHtml(const QString &text, const QList<entities::Mention> &mentions, const QString &baseUrl)
{
    QString html;
    for (const TextSpan &span : domain::splitText(text))
        html += spanHtml(span, mentions, baseUrl);
    return html;
}

} // namespace

QString contentHtml(const QString &text, const QList<entities::Mention> &mentions, const QString &baseUrl)
{
    if (text.isEmpty())
        return {};
    QString html = spansHtml(text, mentions, baseUrl);
    html.replace(QLatin1String("\n\n"), QLatin1String("</p><p>"));
    html.replace(QLatin1Char('\n'), QLatin1String("<br />"));
    return QStringLiteral("<p>") + html + QStringLiteral("</p>");
}

QString lineHtml(const QString &text, const QString &baseUrl)
{
    return spansHtml(text, {}, baseUrl);
}

} // namespace graminsta::handlers
