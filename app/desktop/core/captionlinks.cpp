// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/captionlinks.h>

#include <desktop/core/navigator.h>

#include <QDesktopServices>
#include <QPalette>
#include <QRegularExpression>
#include <QUrl>

namespace graminsta
{

namespace
{

const QString kHashtag = QStringLiteral("hashtag:");
const QString kAccount = QStringLiteral("account:");

// Whom "@name" or "@name@host" means among the mentioned; empty for nobody.
QString mentionedId(const StatusRow &status, const QString &name)
{
    for (const MentionedAccount &mentioned : status.mentions) {
        if (mentioned.acct.compare(name, Qt::CaseInsensitive) == 0
            || mentioned.username.compare(name, Qt::CaseInsensitive) == 0) {
            return mentioned.id;
        }
    }
    return {};
}

QString hrefOf(const StatusRow &status, const QString &word)
{
    if (word.startsWith(QLatin1Char('#'))) {
        return kHashtag + word.mid(1);
    }
    if (word.startsWith(QLatin1Char('@'))) {
        const QString id = mentionedId(status, word.mid(1));
        return id.isEmpty() ? QString() : kAccount + id;
    }
    return word;
}

} // namespace

QList<CaptionLink> captionLinks(const StatusRow &status)
{
    // The punctuation that ends a sentence is no part of an address or name.
    static const QRegularExpression marked(
        QStringLiteral(R"((?<![\w/])(?:#\w+|@\w+(?:[.-]\w+)*(?:@\w+(?:[.-]\w+)*)?|https?://[^\s]*[^\s.,;:!?)\]}'"]))"),
        QRegularExpression::UseUnicodePropertiesOption);
    QList<CaptionLink> links;
    for (auto matches = marked.globalMatch(status.caption); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString href = hrefOf(status, match.captured());
        if (!href.isEmpty()) {
            links.append({ static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()), href });
        }
    }
    return links;
}

QList<QTextLayout::FormatRange> linkFormats(const QList<CaptionLink> &links, const QPalette &palette)
{
    QList<QTextLayout::FormatRange> formats;
    formats.reserve(links.size());
    for (const CaptionLink &link : links) {
        QTextLayout::FormatRange range { link.start, link.length, {} };
        range.format.setForeground(palette.color(QPalette::Link));
        formats.append(range);
    }
    return formats;
}

QString captionHtml(const StatusRow &status)
{
    const auto plain = [&status](qsizetype start, qsizetype length) {
        return status.caption.mid(start, length).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    };
    QString html;
    qsizetype end = 0;
    for (const CaptionLink &link : captionLinks(status)) {
        html += plain(end, link.start - end)
            + QStringLiteral("<a href=\"%1\" style=\"text-decoration: none\">%2</a>")
                  .arg(link.href.toHtmlEscaped(), plain(link.start, link.length));
        end = link.start + link.length;
    }
    return html + plain(end, -1);
}

void openLink(const QString &href, Navigator &navigator)
{
    if (href.startsWith(kHashtag)) {
        Q_EMIT navigator.hashtagRequested(href.mid(kHashtag.size()));
        return;
    }
    if (href.startsWith(kAccount)) {
        Q_EMIT navigator.accountRequested(href.mid(kAccount.size()));
        return;
    }
    const QUrl url(href, QUrl::StrictMode);
    if (url.isValid() && (url.scheme() == u"https" || url.scheme() == u"http")) {
        QDesktopServices::openUrl(url);
    }
}

} // namespace graminsta
