// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/serversection.h>

#include <desktop/core/localbackend.h>
#include <desktop/core/sessioncontroller.h>
#include <desktop/core/theme.h>
#include <desktop/core/wording.h>

#include <QDialog>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

constexpr qint64 kLogShown = 200'000;

} // namespace

ServerSection::ServerSection(LocalBackend &backend, SessionController &sessions, QWidget *parent)
    : Section(QStringLiteral("The server on this computer"),
              QStringLiteral("Where it keeps accounts and posts. Photos stay in a folder of yours in either case."),
              parent)
    , m_backend(backend)
    , m_sessions(sessions)
    , m_test(backend)
    , m_inUse(readServerProfile(backend.paths().serverProfile()))
    , m_sqlite(new QRadioButton(QStringLiteral("In a file on this computer (SQLite, stage 1)")))
    , m_postgres(new QRadioButton(QStringLiteral("In a PostgreSQL database (stage 10)")))
    , m_url(new QLineEdit)
    , m_testButton(new QPushButton(QStringLiteral("Test connection")))
    , m_apply(new QPushButton(QStringLiteral("Apply")))
    , m_back(new QPushButton(QStringLiteral("Back to what worked")))
    , m_log(new QPushButton(QStringLiteral("Show log")))
    , m_message(new QLabel)
{
    m_url->setPlaceholderText(QStringLiteral("postgresql://user:password@host:5432/graminsta"));
    m_url->setAccessibleName(QStringLiteral("Address of the database"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_apply->setProperty("role", QStringLiteral("primary"));
    m_back->hide();
    m_message->hide();
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::kMedium);
    buttons->addWidget(m_testButton);
    buttons->addWidget(m_apply);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    buttons->addWidget(m_log);
    body()->addWidget(m_sqlite);
    body()->addWidget(m_postgres);
    body()->addWidget(m_url);
    body()->addWidget(m_message);
    body()->addLayout(buttons);
    choose(m_inUse);
    listen();
    showState();
    if (m_backend.isProfileGiven()) {
        say(QStringLiteral("muted"),
            QStringLiteral("The profile was given on the command line: %1").arg(m_backend.profileInUse()));
    }
}

void ServerSection::listen()
{
    connect(m_sqlite, &QRadioButton::toggled, this, &ServerSection::showState);
    connect(m_url, &QLineEdit::textChanged, this, &ServerSection::showState);
    connect(m_testButton, &QPushButton::clicked, this, &ServerSection::test);
    connect(m_apply, &QPushButton::clicked, this, &ServerSection::apply);
    connect(m_back, &QPushButton::clicked, this, &ServerSection::goBack);
    connect(m_log, &QPushButton::clicked, this, [this] { showServerLog(m_backend.paths().serverLog(), window()); });
    connect(&m_test, &ProfileTest::changed, this, &ServerSection::showState);
    connect(&m_test, &ProfileTest::finished, this, [this](bool good, const QString &message) {
        say(good ? QStringLiteral("muted") : QStringLiteral("error"), message);
        showState();
    });
    connect(&m_sessions, &SessionController::changed, this, &ServerSection::sessionChanged);
}

ServerProfile ServerSection::chosen() const
{
    return m_sqlite->isChecked() ? ServerProfile {} : ServerProfile { m_url->text().trimmed() };
}

void ServerSection::choose(const ServerProfile &profile)
{
    (profile.isOnThisComputer() ? m_sqlite : m_postgres)->setChecked(true);
    m_url->setText(profile.databaseUrl);
}

void ServerSection::showState()
{
    const bool postgres = m_postgres->isChecked();
    const bool given = m_backend.isProfileGiven();
    const bool complete = !postgres || !m_url->text().trimmed().isEmpty();
    m_sqlite->setEnabled(!given);
    m_postgres->setEnabled(!given);
    m_url->setVisible(postgres);
    m_url->setEnabled(!given);
    m_testButton->setVisible(postgres);
    m_testButton->setEnabled(complete && !given && !m_test.isRunning());
    m_testButton->setText(m_test.isRunning() ? QStringLiteral("Testing…") : QStringLiteral("Test connection"));
    m_apply->setEnabled(complete && !given && !m_applying && chosen().databaseUrl != m_inUse.databaseUrl);
}

void ServerSection::say(const QString &role, const QString &message)
{
    setRole(m_message, role);
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
}

void ServerSection::test()
{
    if (const Result<> valid = checkDatabaseUrl(chosen().databaseUrl); !valid) {
        say(QStringLiteral("error"), messageOf(valid.error()));
        return;
    }
    say({}, {});
    m_test.run(chosen());
}

void ServerSection::apply()
{
    const ServerProfile profile = chosen();
    if (const Result<> valid = profile.isOnThisComputer() ? Result<> {} : checkDatabaseUrl(profile.databaseUrl);
        !valid) {
        say(QStringLiteral("error"), messageOf(valid.error()));
        return;
    }
    if (const Result<> written = writeServerProfile(m_backend.paths().serverProfile(), profile); !written) {
        say(QStringLiteral("error"), messageOf(written.error()));
        return;
    }
    m_before = std::exchange(m_inUse, profile);
    restart();
}

void ServerSection::goBack()
{
    choose(m_before);
    apply();
}

void ServerSection::restart()
{
    m_applying = true;
    m_back->hide();
    say(QStringLiteral("muted"), QStringLiteral("The server is starting with this profile…"));
    m_backend.stop();
    m_sessions.switchTo(thisComputerId());
    showState();
}

// What became of a profile that was applied.
void ServerSection::sessionChanged()
{
    if (!m_applying || m_sessions.state() == SessionController::State::Connecting) {
        return;
    }
    m_applying = false;
    if (m_sessions.state() == SessionController::State::Ready) {
        say(QStringLiteral("muted"), QStringLiteral("The server runs with this profile."));
    } else {
        say(QStringLiteral("error"), messageOf(m_sessions.error().value_or(Error {})));
        m_back->show();
    }
    showState();
}

void showServerLog(const QString &file, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QStringLiteral("Log of the server on this computer"));
    dialog->resize(860, 520);
    auto *text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto *place = new QLabel(file);
    place->setProperty("role", QStringLiteral("muted"));
    place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFile log(file);
    if (log.open(QIODevice::ReadOnly)) {
        log.seek(std::max<qint64>(0, log.size() - kLogShown));
        text->setPlainText(QString::fromUtf8(log.readAll()));
    } else {
        text->setPlainText(QStringLiteral("There is no log yet."));
    }
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(text, 1);
    column->addWidget(place);
    dialog->open();
    text->verticalScrollBar()->setValue(text->verticalScrollBar()->maximum());
}

} // namespace graminsta
