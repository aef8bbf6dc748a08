// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages.h"

namespace graminsta::handlers
{

namespace
{

constexpr char kStyle[] = R"(
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #65676b; --paper: #fff; --back: #f3f4f6; --line: #d9dce1;
        --accent: #c2255c; --wrong: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3a8af; --paper: #1d1f23; --back: #121316;
        --line: #34373d; --accent: #f06595; --wrong: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink);
       font: 16px/1.5 system-ui, sans-serif; }
main { width: min(26rem, calc(100vw - 2rem)); margin: 2rem 0; padding: 2rem; background: var(--paper);
       border: 1px solid var(--line); border-radius: 14px; }
h1 { margin: 0 0 1rem; font-size: 1.35rem; }
label { display: block; margin-top: 1rem; font-weight: 600; }
input[type=text], input[type=password], code { width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit;
       color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 8px; }
code { display: block; font-family: ui-monospace, monospace; overflow-wrap: anywhere; user-select: all; }
button { margin-top: 1.25rem; padding: .65rem 1.1rem; font: inherit; font-weight: 600; border-radius: 8px;
       border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: #fff; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.row { display: flex; gap: .75rem; } .row .main { flex: 1; }
.soft { color: var(--soft); } .wrong { color: var(--wrong); font-weight: 600; }
ul { padding-left: 1.2rem; }
)";

QString shell(const QString &title, const QString &content)
{
    return QStringLiteral("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                          "<title>%1</title><style>%2</style></head><body><main>%3</main></body></html>")
        .arg(title.toHtmlEscaped(), QLatin1String(kStyle), content);
}

QString hiddenField(const char *name, const QString &value)
{
    return QStringLiteral("<input type=\"hidden\" name=\"%1\" value=\"%2\">")
        .arg(QLatin1String(name), value.toHtmlEscaped());
}

QString hiddenFields(const domain::AuthorizationRequest &request)
{
    return hiddenField("response_type", request.responseType) + hiddenField("client_id", request.clientId)
        + hiddenField("redirect_uri", request.redirectUri) + hiddenField("scope", request.scope)
        + hiddenField("state", request.state) + hiddenField("code_challenge", request.codeChallenge)
        + hiddenField("code_challenge_method", request.codeChallengeMethod);
}

// What a scope lets an application do, in the words of a person who shares photos.
QString scopeText(const QString &scope)
{
    if (scope == QLatin1String("read") || scope == QLatin1String("profile"))
        return QStringLiteral("see your profile, your feed and your photos");
    if (scope == QLatin1String("write"))
        return QStringLiteral("post, comment, like and change your profile for you");
    if (scope == QLatin1String("follow"))
        return QStringLiteral("follow and unfollow people for you");
    if (scope == QLatin1String("push"))
        return QStringLiteral("send you notifications");
    return scope;
}

QString problemText(const SignInPage &page)
{
    return page.problem.isEmpty()
        ? QString()
        : QStringLiteral("<p class=\"wrong\" role=\"alert\">%1</p>").arg(page.problem.toHtmlEscaped());
}

} // namespace

QByteArray signInHtml(const SignInPage &page)
{
    QString scopes;
    for (const QString &scope : page.scopes.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        scopes += QStringLiteral("<li>%1</li>").arg(scopeText(scope).toHtmlEscaped());
    const QString content =
        QStringLiteral("<h1>Sign in to %1</h1>"
                       "<p><strong>%2</strong> asks to be let in. It will be able to:</p><ul>%3</ul>%4"
                       "<form method=\"post\" action=\"/oauth/authorize\">%5"
                       "<label for=\"username\">Username or e-mail</label>"
                       "<input type=\"text\" id=\"username\" name=\"username\" value=\"%6\" autocomplete=\"username\" "
                       "autocapitalize=\"none\" spellcheck=\"false\" required autofocus>"
                       "<label for=\"password\">Password</label>"
                       "<input type=\"password\" id=\"password\" name=\"password\" autocomplete=\"current-password\" "
                       "required>"
                       "<div class=\"row\"><button class=\"main\" name=\"decision\" value=\"allow\">Sign in and allow"
                       "</button><button name=\"decision\" value=\"deny\" formnovalidate>Deny</button></div></form>")
            .arg(page.instanceTitle.toHtmlEscaped(), page.client.application.name.toHtmlEscaped(), scopes,
                 problemText(page), hiddenFields(page.request), page.login.toHtmlEscaped());
    return shell(QStringLiteral("Sign in to ") + page.instanceTitle, content).toUtf8();
}

QByteArray secondFactorHtml(const SignInPage &page, const QByteArray &step)
{
    const QString content =
        QStringLiteral("<h1>Sign in to %1</h1>"
                       "<p>Type the code that your authenticator app shows, or one of your recovery codes.</p>%2"
                       "<form method=\"post\" action=\"/oauth/authorize\">%3%4"
                       "<label for=\"otp\">Code</label>"
                       "<input type=\"text\" id=\"otp\" name=\"otp\" autocomplete=\"one-time-code\" "
                       "autocapitalize=\"none\" spellcheck=\"false\" required autofocus>"
                       "<div class=\"row\"><button class=\"main\" name=\"decision\" value=\"allow\">Sign in and allow"
                       "</button><button name=\"decision\" value=\"deny\" formnovalidate>Deny</button></div></form>")
            .arg(page.instanceTitle.toHtmlEscaped(), problemText(page), hiddenFields(page.request),
                 hiddenField("step", QString::fromLatin1(step)));
    return shell(QStringLiteral("Sign in to ") + page.instanceTitle, content).toUtf8();
}

QByteArray codeHtml(const QString &instanceTitle, const QByteArray &code)
{
    const QString content = QStringLiteral("<h1>You are signed in</h1>"
                                           "<p>Copy this code into the application that asked for it. It works once, "
                                           "for ten minutes.</p><code>%1</code>")
                                .arg(QString::fromLatin1(code).toHtmlEscaped());
    return shell(instanceTitle, content).toUtf8();
}

QByteArray problemHtml(const QString &instanceTitle, const QString &problem)
{
    const QString content = QStringLiteral("<h1>This did not work</h1><p class=\"wrong\">%1</p>"
                                           "<p class=\"soft\">Go back to the application and try to sign in again. If "
                                           "that does not help, its makers will want to know this message.</p>")
                                .arg(problem.toHtmlEscaped());
    return shell(instanceTitle, content).toUtf8();
}

} // namespace graminsta::handlers
