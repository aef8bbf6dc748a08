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

enum class LineBreaks { Kept, AsHtml };

// Writes HTML from left to right into one string: a page of a timeline makes dozens of texts.
class HtmlWriter
{
public:
    HtmlWriter(const QList<entities::Mention> &mentions, const QString &baseUrl, LineBreaks lineBreaks)
        : m_mentions(mentions)
        , m_baseUrl(baseUrl)
        , m_lineBreaks(lineBreaks)
    {
    }

    void add(const TextSpan &span)
    {
        switch (span.kind) {
        case SpanKind::Plain:
            return addPlain(span.text);
        case SpanKind::Hashtag:
            return addHashtag(span.text.mid(1));
        case SpanKind::Mention:
            return addMention(span.text);
        case SpanKind::Url:
            openLink(span.text, QLatin1String());
            addEscaped(span.text);
            m_html += QLatin1String("</a>");
            return;
        }
    }

    void addMarkup(QLatin1String markup) { m_html += markup; }
    [[nodiscard]] QString take() { return std::move(m_html); }

private:
    // As QString::toHtmlEscaped().
    void addEscaped(QStringView text)
    {
        for (const QChar c : text)
            addEscaped(c);
    }
    void addEscaped(QChar c)
    {
        switch (c.unicode()) {
        case u'<':
            m_html += QLatin1String("&lt;");
            break;
        case u'>':
            m_html += QLatin1String("&gt;");
            break;
        case u'&':
            m_html += QLatin1String("&amp;");
            break;
        case u'"':
            m_html += QLatin1String("&quot;");
            break;
        default:
            m_html += c;
        }
    }

    // An empty line ends the paragraph. A special span never holds a line break, so pairs of them are all in here.
    void addPlain(QStringView text)
    {
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] != QLatin1Char('\n') || m_lineBreaks == LineBreaks::Kept) {
                addEscaped(text[i]);
            } else if (i + 1 < text.size() && text[i + 1] == QLatin1Char('\n')) {
                m_html += QLatin1String("</p><p>");
                ++i;
            } else {
                m_html += QLatin1String("<br />");
            }
        }
    }

    void addHashtag(const QString &name)
    {
        openLink(m_baseUrl + QLatin1String("/tags/")
                     + QLatin1String(QUrl::toPercentEncoding(name.toLower())),
                 QLatin1String("mention hashtag"));
        m_html += QLatin1String("#<span>");
        addEscaped(name);
        m_html += QLatin1String("</span></a>");
    }

    // A name that nobody bears is only text.
    void addMention(const QString &mention)
    {
        const QStringView name = QStringView(mention).mid(1);
        for (const entities::Mention &known : m_mentions) {
            if (known.username.compare(name, Qt::CaseInsensitive) != 0)
                continue;
            m_html += QLatin1String("<span class=\"h-card\">");
            openLink(m_baseUrl + QLatin1String("/@") + known.username, QLatin1String("u-url mention"));
            m_html += QLatin1String("@<span>");
            addEscaped(known.username);
            m_html += QLatin1String("</span></a></span>");
            return;
        }
        addEscaped(mention);
    }

    void openLink(const QString &url, QLatin1String classes)
    {
        m_html += QLatin1String("<a href=\"");
        addEscaped(url);
        m_html += QLatin1String("\" class=\"");
        m_html += classes;
        m_html += QLatin1String("\" rel=\"tag nofollow noopener noreferrer\" target=\"_blank\">");
    }

    const QList<entities::Mention> &m_mentions;
    const QString &m_baseUrl;
    const LineBreaks m_lineBreaks;
    QString m_html;
};

} // namespace

QString contentHtml(const QString &text, const QList<entities::Mention> &mentions, const QString &baseUrl)
{
    if (text.isEmpty())
        return {};
    HtmlWriter html(mentions, baseUrl, LineBreaks::AsHtml);
    html.addMarkup(QLatin1String("<p>"));
    for (const TextSpan &span : domain::splitText(text))
        html.add(span);
    html.addMarkup(QLatin1String("</p>"));
    return html.take();
}

QString lineHtml(const QString &text, const QString &baseUrl)
{
    const QList<entities::Mention> nobody;
    HtmlWriter html(nobody, baseUrl, LineBreaks::Kept);
    for (const TextSpan &span : domain::splitText(text))
        html.add(span);
    return html.take();
}

} // namespace graminsta::handlers
