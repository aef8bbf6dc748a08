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
    // As QString::toHtmlEscaped(), what needs nothing in one piece.
    void addEscaped(QStringView text)
    {
        qsizetype done = 0;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QLatin1String entity = entityOf(text[i]);
            if (entity.isEmpty())
                continue;
            m_html += text.sliced(done, i - done);
            m_html += entity;
            done = i + 1;
        }
        m_html += text.sliced(done);
    }
    [[nodiscard]] static QLatin1String entityOf(QChar c)
    {
        switch (c.unicode()) {
        case u'<':
            return QLatin1String("&lt;");
        case u'>':
            return QLatin1String("&gt;");
        case u'&':
            return QLatin1String("&amp;");
        case u'"':
            return QLatin1String("&quot;");
        default:
            return {};
        }
    }

    // An empty line ends the paragraph. A special span never holds a line break, so pairs of them are all in here.
    void addPlain(QStringView text)
    {
        if (m_lineBreaks == LineBreaks::Kept)
            return addEscaped(text);
        for (qsizetype end = text.indexOf(QLatin1Char('\n')); end >= 0; end = text.indexOf(QLatin1Char('\n'))) {
            const bool isParagraph = end + 1 < text.size() && text[end + 1] == QLatin1Char('\n');
            addEscaped(text.first(end));
            m_html += isParagraph ? QLatin1String("</p><p>") : QLatin1String("<br />");
            text = text.sliced(end + (isParagraph ? 2 : 1));
        }
        addEscaped(text);
    }

    void addHashtag(const QString &name)
    {
        openLink(m_baseUrl + QLatin1String("/tags/") + QLatin1String(QUrl::toPercentEncoding(name.toLower())),
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
