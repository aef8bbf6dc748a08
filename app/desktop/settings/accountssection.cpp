// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/accountssection.h>

#include <desktop/core/icon.h>
#include <desktop/core/sessioncontroller.h>
#include <desktop/core/theme.h>
#include <desktop/signin/signincontroller.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace graminsta
{

AccountsSection::AccountsSection(SessionController &sessions, SignInController &signIn, QWidget *parent)
    : Section(QStringLiteral("Accounts and servers"),
              QStringLiteral("Your photos live on this computer, or at any server that speaks the API of Graminsta, "
                             "Pixelfed or Mastodon."),
              parent)
    , m_sessions(sessions)
    , m_signIn(signIn)
    , m_rows(new QVBoxLayout)
{
    m_rows->setSpacing(spacing::kSmall);
    body()->addLayout(m_rows);
    body()->addWidget(makeSignIn());
    listen();
    showAccounts();
    showSignIn();
}

QWidget *AccountsSection::makeSignIn()
{
    m_server = new QLineEdit;
    m_server->setPlaceholderText(QStringLiteral("Another server, such as pixelfed.social"));
    m_server->setAccessibleName(QStringLiteral("Address of the server"));
    m_browser = new QPushButton(QStringLiteral("Sign in with the browser"));
    m_browser->setProperty("role", QStringLiteral("primary"));
    m_byCode = new QPushButton(QStringLiteral("Use a code instead"));
    m_byCode->setProperty("role", QStringLiteral("link"));
    m_copy = new QPushButton(QStringLiteral("Copy the link"));
    m_cancel = new QPushButton(QStringLiteral("Cancel"));
    m_code = new QLineEdit;
    m_code->setPlaceholderText(QStringLiteral("The code that the page shows"));
    m_code->setAccessibleName(QStringLiteral("Code"));
    auto *enter = new QPushButton(QStringLiteral("Sign in"));
    connect(enter, &QPushButton::clicked, this, [this] { m_signIn.enterCode(m_code->text()); });
    connect(m_code, &QLineEdit::returnPressed, enter, &QPushButton::click);
    m_state = new QLabel;
    m_state->setWordWrap(true);

    m_codeRow = new QWidget;
    auto *code = new QHBoxLayout(m_codeRow);
    code->setContentsMargins(0, 0, 0, 0);
    code->addWidget(m_code, 1);
    code->addWidget(enter);
    auto *address = new QHBoxLayout;
    address->setSpacing(spacing::kMedium);
    address->addWidget(m_server, 1);
    address->addWidget(m_browser);
    auto *more = new QHBoxLayout;
    more->setSpacing(spacing::kMedium);
    more->addWidget(m_byCode);
    more->addWidget(m_copy);
    more->addWidget(m_cancel);
    more->addStretch(1);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, spacing::kSmall, 0, 0);
    column->setSpacing(spacing::kSmall);
    column->addLayout(address);
    column->addWidget(m_state);
    column->addWidget(m_codeRow);
    column->addLayout(more);
    return box;
}

void AccountsSection::listen()
{
    connect(m_browser, &QPushButton::clicked, this, [this] { m_signIn.signIn(m_server->text()); });
    connect(m_server, &QLineEdit::returnPressed, m_browser, &QPushButton::click);
    connect(m_byCode, &QPushButton::clicked, this, [this] { m_signIn.signInByCode(m_server->text()); });
    connect(m_cancel, &QPushButton::clicked, &m_signIn, &SignInController::cancel);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_signIn.page().toString(QUrl::FullyEncoded)); });
    connect(m_server, &QLineEdit::textChanged, this, &AccountsSection::showSignIn);
    connect(&m_signIn, &SignInController::changed, this, &AccountsSection::showSignIn);
    connect(&m_signIn, &SignInController::failed, this, [this](const QString &message) {
        setRole(m_state, QStringLiteral("error"));
        m_state->setText(message);
        m_state->show();
    });
    connect(&m_signIn, &SignInController::signedIn, this, [this](const QString &id) {
        m_server->clear();
        m_code->clear();
        m_sessions.switchTo(id);
    });
    connect(&m_signIn, &SignInController::signedOut, this, [this] {
        showAccounts();
        m_sessions.start();
    });
    connect(&m_sessions, &SessionController::changed, this, &AccountsSection::showAccounts);
}

void AccountsSection::proposeServer(const QString &server)
{
    m_server->setText(server);
    m_server->setFocus();
}

void AccountsSection::showAccounts()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const AccountEntry &entry : m_sessions.accounts().entries()) {
        m_rows->addWidget(makeRow(entry));
    }
}

QWidget *AccountsSection::makeRow(const AccountEntry &entry)
{
    const bool here = entry.kind == AccountEntry::Kind::ThisComputer;
    const bool current = entry.id == m_sessions.accounts().current().id;
    auto *icon = new QLabel;
    icon->setPixmap(iconPixmap(here ? QStringLiteral("computer") : QStringLiteral("globe"), 24,
                               palette().color(QPalette::Text), devicePixelRatioF()));
    const QString owner = entry.acct.isEmpty() ? QString() : QStringLiteral("@%1").arg(entry.acct);
    auto *name = new QLabel(here ? QStringLiteral("This computer") : entry.baseUrl.host());
    name->setTextFormat(Qt::PlainText);
    name->setProperty("role", QStringLiteral("strong"));
    auto *detail = new QLabel(owner.isEmpty() ? QStringLiteral("Your own photos, nothing to install") : owner);
    detail->setTextFormat(Qt::PlainText);
    detail->setProperty("role", QStringLiteral("muted"));
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(name);
    names->addWidget(detail);

    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, spacing::kSmall, 0, spacing::kSmall);
    line->setSpacing(spacing::kMedium);
    line->addWidget(icon);
    line->addLayout(names, 1);
    if (current) {
        auto *mark = new QLabel(QStringLiteral("In use"));
        mark->setProperty("role", QStringLiteral("muted"));
        line->addWidget(mark);
    } else {
        auto *use = new QPushButton(QStringLiteral("Use"));
        connect(use, &QPushButton::clicked, this, [this, id = entry.id] { m_sessions.switchTo(id); });
        line->addWidget(use);
    }
    if (!here) {
        auto *leave = new QPushButton(QStringLiteral("Sign out"));
        connect(leave, &QPushButton::clicked, this, [this, entry] { m_signIn.signOut(entry); });
        line->addWidget(leave);
    }
    return row;
}

void AccountsSection::showSignIn()
{
    using State = SignInController::State;
    const State state = m_signIn.state();
    const bool idle = state == State::Idle;
    const bool ready = idle && !m_server->text().trimmed().isEmpty();
    m_server->setEnabled(idle);
    m_browser->setEnabled(ready);
    m_byCode->setVisible(ready);
    m_cancel->setVisible(!idle);
    m_copy->setVisible(!idle && !m_signIn.page().isEmpty());
    m_codeRow->setVisible(state == State::WaitingForCode);
    setRole(m_state, QStringLiteral("muted"));
    m_state->setVisible(!idle);
    m_state->setText(
        state == State::WaitingForCode
            ? QStringLiteral("Your browser shows a code after you have agreed. Enter it here.")
            : QStringLiteral("Waiting for you to agree in the browser. If none has opened, copy the link."));
}

} // namespace graminsta
