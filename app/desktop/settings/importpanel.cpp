// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/importpanel.h>

#include <desktop/core/navigator.h>
#include <desktop/core/theme.h>
#include <desktop/settings/archivewords.h>
#include <desktop/settings/section.h>

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

using State = ImportController::State;

constexpr int kProblemsHeight = 150;

QLabel *wrappedLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ImportPanel::ImportPanel(std::shared_ptr<AccountSession> session, Navigator &navigator, QWidget *parent)
    : QWidget(parent)
    , m_navigator(navigator)
    , m_controller(new ImportController(std::move(session), this))
    , m_title(wrappedLabel())
    , m_text(wrappedLabel())
    , m_progress(new QProgressBar)
    , m_message(wrappedLabel())
    , m_problems(new QPlainTextEdit)
    , m_choose(new QPushButton(QStringLiteral("Import an archive…")))
    , m_start(new QPushButton(QStringLiteral("Import")))
    , m_look(new QPushButton(QStringLiteral("Look again")))
    , m_details(new QPushButton(QStringLiteral("What was left out, and why")))
    , m_leave(new QPushButton)
{
    m_title->setProperty("role", QStringLiteral("strong"));
    m_progress->setTextVisible(false);
    m_message->setProperty("role", QStringLiteral("error"));
    m_problems->setReadOnly(true);
    m_problems->setTabChangesFocus(true);
    m_problems->setFixedHeight(kProblemsHeight);
    m_problems->setAccessibleName(m_details->text());
    m_start->setProperty("role", QStringLiteral("primary"));
    m_details->setCheckable(true);
    layOut();
    listen();
    showState();
}

void ImportPanel::layOut()
{
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::kMedium);
    for (QPushButton *button : { m_choose, m_start, m_look, m_leave, m_details }) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, spacing::kMedium, 0, 0);
    column->setSpacing(spacing::kSmall);
    for (QWidget *widget : std::initializer_list<QWidget *> { m_title, m_text, m_progress, m_problems, m_message }) {
        column->addWidget(widget);
    }
    column->addLayout(buttons);
}

void ImportPanel::listen()
{
    connect(m_choose, &QPushButton::clicked, this, &ImportPanel::askWhich);
    connect(m_start, &QPushButton::clicked, m_controller, &ImportController::start);
    connect(m_look, &QPushButton::clicked, m_controller, &ImportController::look);
    connect(m_details, &QPushButton::toggled, this, &ImportPanel::showProblems);
    connect(m_leave, &QPushButton::clicked, this, [this] {
        if (m_controller->state() == State::TakingIn) {
            m_controller->stop();
        } else if (m_controller->state() == State::Over) {
            m_controller->dismiss();
        } else {
            m_controller->cancel();
        }
    });
    connect(m_controller, &ImportController::changed, this, &ImportPanel::showState);
    connect(m_controller, &ImportController::progressed, this, &ImportPanel::showProgress);
    connect(m_controller, &ImportController::changed, this, [this] {
        if (m_controller->state() == State::Over && !isVisible()) {
            Q_EMIT m_navigator.notice(importSummary(m_controller->import()).value(0));
        }
    });
}

void ImportPanel::askWhich()
{
    auto *dialog = new QFileDialog(this, QStringLiteral("Import an archive"),
                                   QStandardPaths::writableLocation(QStandardPaths::DownloadLocation),
                                   QStringLiteral("Archives (*.zip)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_controller, &ImportController::choose);
    dialog->open();
}

QString ImportPanel::titleOf(State state) const
{
    const QString name = QFileInfo(m_controller->file()).fileName();
    switch (state) {
    case State::Idle:
        return {};
    case State::Chosen:
        return QStringLiteral("Import “%1” (%2) into @%3?")
            .arg(name, fileSize(m_controller->fileBytes()), m_controller->account().acct);
    case State::Sending:
        return QStringLiteral("Sending “%1”").arg(name);
    case State::TakingIn:
        return QStringLiteral("An archive is being taken in");
    case State::Over:
        return isDone(m_controller->import()) ? QStringLiteral("The archive has been taken in")
                                              : QStringLiteral("The archive was not taken in whole");
    }
    return {};
}

QString ImportPanel::textOf(State state) const
{
    switch (state) {
    case State::Idle:
        return QStringLiteral(
            "Have you an archive of another server, or an older one? Its posts can be added to this account.");
    case State::Chosen:
        return importForecast(m_controller->account().acct);
    case State::Sending:
        return m_controller->sent() < m_controller->fileBytes()
            ? bytesOf(m_controller->sent(), m_controller->fileBytes())
            : QStringLiteral("The server looks through it…");
    case State::TakingIn:
        return importStep(m_controller->import())
            + QStringLiteral("\nYou may go on meanwhile, or close the app: the server does this by itself.");
    case State::Over:
        return importSummary(m_controller->import()).join(QLatin1Char('\n'));
    }
    return {};
}

void ImportPanel::showState()
{
    const State state = m_controller->state();
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    const bool hasProblems = state == State::Over && !importProblems(m_controller->import()).isEmpty();
    m_title->setText(titleOf(state));
    m_title->setVisible(state != State::Idle);
    setRole(m_text, state == State::Idle ? QStringLiteral("muted") : QString());
    m_progress->setVisible(state == State::Sending || (state == State::TakingIn && !m_controller->isOutOfSight()));
    m_progress->setAccessibleName(m_title->text());
    m_message->setText(m_controller->message());
    m_message->setVisible(!m_controller->message().isEmpty());
    m_choose->setVisible(state == State::Idle);
    m_start->setVisible(state == State::Chosen);
    m_look->setVisible(m_controller->isOutOfSight());
    m_details->setVisible(hasProblems);
    m_leave->setVisible(state != State::Idle);
    m_leave->setText(state == State::Over           ? QStringLiteral("Done")
                         : state == State::TakingIn ? QStringLiteral("Stop")
                                                    : QStringLiteral("Cancel"));
    showProblems(hasProblems && m_details->isChecked());
    showProgress();
    if (hadFocus) {
        keepFocus();
    }
}

// The keyboard goes on where the button was that has gone.
void ImportPanel::keepFocus()
{
    if (const QWidget *focused = window()->focusWidget(); isAncestorOf(focused) && focused->isVisibleTo(this)) {
        return;
    }
    QPushButton *next = m_start->isHidden() ? m_leave : m_start;
    (next->isHidden() ? m_choose : next)->setFocus();
}

void ImportPanel::showProgress()
{
    const State state = m_controller->state();
    m_text->setText(textOf(state));
    const bool isCounted = state == State::Sending && m_controller->sent() < m_controller->fileBytes();
    m_progress->setRange(0, isCounted ? kProgressSteps : 0);
    m_progress->setValue(isCounted ? progressOf(m_controller->sent(), m_controller->fileBytes()) : 0);
}

void ImportPanel::showProblems(bool wanted)
{
    if (wanted) {
        m_problems->setPlainText(importProblems(m_controller->import()));
    }
    m_problems->setVisible(wanted);
}

} // namespace graminsta
