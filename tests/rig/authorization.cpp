// SPDX-License-Identifier: GPL-3.0-or-later
#include "authorization.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace graminsta::rig
{

namespace
{

constexpr int kMostForms = 4;

QString unescaped(QString html)
{
    static const QRegularExpression number(QStringLiteral("&#(x?)([0-9a-fA-F]+);"));
    QRegularExpressionMatch match;
    while ((match = number.match(html)).hasMatch()) {
        const uint code = match.captured(2).toUInt(nullptr, match.captured(1).isEmpty() ? 10 : 16);
        html.replace(match.capturedStart(), match.capturedLength(), QString(QChar(code)));
    }
    return html.replace(QStringLiteral("&quot;"), QStringLiteral("\""))
        .replace(QStringLiteral("&lt;"), QStringLiteral("<"))
        .replace(QStringLiteral("&gt;"), QStringLiteral(">"))
        .replace(QStringLiteral("&amp;"), QStringLiteral("&"));
}

QString attribute(const QString &tag, const char *name)
{
    const QRegularExpression form(QStringLiteral("\\b%1=\"([^\"]*)\"").arg(QLatin1String(name)));
    return unescaped(form.match(tag).captured(1));
}

// What a browser would send for this form.
FormFields fill(const QString &form, const Visitor &visitor)
{
    static const QRegularExpression control(QStringLiteral("<(?:input|button)\\b[^>]*>"));
    FormFields fields;
    FormFields buttons;
    QRegularExpressionMatchIterator tags = control.globalMatch(form);
    while (tags.hasNext()) {
        const QString tag = tags.next().captured();
        const QString type = attribute(tag, "type");
        const QByteArray name = attribute(tag, "name").toUtf8();
        const QByteArray value = attribute(tag, "value").toUtf8();
        if (tag.startsWith(QStringLiteral("<button")) || type == QStringLiteral("submit"))
            buttons.append({ name, value });
        else if (type == QStringLiteral("hidden"))
            fields.append({ name, value });
        else if (type == QStringLiteral("password"))
            fields.append({ name, visitor.password.toUtf8() });
        else if (type != QStringLiteral("checkbox"))
            fields.append({ name, visitor.login.toUtf8() });
    }
    // Approval comes first, refusal second, as on every such page.
    const bool deny = visitor.consent == Consent::Deny && buttons.size() > 1;
    if (!buttons.isEmpty() && !buttons[deny ? 1 : 0].first.isEmpty())
        fields.append(buttons[deny ? 1 : 0]);
    return fields;
}

} // namespace

HttpReply visitAuthorizePage(HttpClient &browser, const QByteArray &target, const Visitor &visitor)
{
    static const QRegularExpression forms(QStringLiteral("<form\\b.*?</form>"),
                                          QRegularExpression::DotMatchesEverythingOption);
    HttpHeaders cookies;
    QByteArray address = target;
    HttpReply page = browser.get(target);
    for (int step = 0; step < kMostForms && page.status == 200; ++step) {
        const QRegularExpressionMatch match = forms.match(QString::fromUtf8(page.body));
        if (!match.hasMatch())
            break;
        const QString form = match.captured();
        for (const auto &[name, value] : std::as_const(page.headers)) {
            if (name == "set-cookie")
                cookies.append({ "Cookie", value.split(';').first() });
        }
        const QByteArray action = attribute(form.left(form.indexOf(QLatin1Char('>')) + 1), "action").toUtf8();
        if (!action.isEmpty())
            address = action;
        page = browser.post(address, HttpBody::form(fill(form, visitor)), cookies);
    }
    return page;
}

QString shownCode(const HttpReply &page)
{
    static const QRegularExpression form(QStringLiteral("<(?:code|kbd|output|samp)\\b[^>]*>\\s*([^<\\s]+)\\s*</"));
    return unescaped(form.match(QString::fromUtf8(page.body)).captured(1));
}

QString redirectParameter(const HttpReply &redirect, const char *name)
{
    const QUrl location = QUrl::fromEncoded(redirect.header("location"));
    return QUrlQuery(location).queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
}

} // namespace graminsta::rig
