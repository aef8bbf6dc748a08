// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/exportspanel.h>

#include <desktop/core/navigator.h>
#include <desktop/core/theme.h>
#include <desktop/settings/exportrow.h>
#include <desktop/settings/section.h>

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace graminsta
{

ExportsPanel::ExportsPanel(std::shared_ptr<AccountSession> session, Navigator &navigator, QWidget *parent)
    : QWidget(parent)
    , m_navigator(navigator)
    , m_controller(new ExportController(std::move(session), this))
    , m_make(new QPushButton(QStringLiteral("Make an archive")))
    , m_again(new QPushButton(QStringLiteral("Try again")))
    , m_message(new QLabel)
    , m_state(new QLabel)
    , m_list(new QVBoxLayout)
{
    m_make->setProperty("role", QStringLiteral("primary"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();
    m_state->setWordWrap(true);
    m_list->setSpacing(spacing::kSmall);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::kMedium);
    buttons->addWidget(m_make);
    buttons->addWidget(m_again);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::kSmall);
    column->addLayout(m_list);
    column->addWidget(m_state);
    column->addWidget(m_message);
    column->addLayout(buttons);
    listen();
    showAll();
}

void ExportsPanel::listen()
{
    connect(m_make, &QPushButton::clicked, this, [this] {
        say({}, {});
        m_controller->create();
    });
    connect(m_again, &QPushButton::clicked, m_controller, &ExportController::load);
    connect(m_controller, &ExportController::changed, this, &ExportsPanel::showAll);
    connect(m_controller, &ExportController::savingChanged, this, &ExportsPanel::showRows);
    connect(m_controller, &ExportController::failed, this,
            [this](const QString &message) { say(QStringLiteral("error"), message); });
    connect(m_controller, &ExportController::saved, this, [this](const QString &file) {
        say(QStringLiteral("muted"), QStringLiteral("Saved as %1").arg(QDir::toNativeSeparators(file)));
        if (!isVisible()) {
            Q_EMIT m_navigator.notice(QStringLiteral("Your archive is saved."));
        }
    });
    connect(m_controller, &ExportController::made, this, [this] {
        if (!isVisible()) {
            Q_EMIT m_navigator.notice(QStringLiteral("Your archive is made. It is in the settings."));
        }
    });
}

void ExportsPanel::say(const QString &role, const QString &message)
{
    setRole(m_message, role);
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
}

void ExportsPanel::showAll()
{
    using State = ExportController::State;
    const State state = m_controller->state();
    showRows();
    setRole(m_state, state == State::Failed ? QStringLiteral("error") : QStringLiteral("muted"));
    m_state->setText(state == State::Failed ? m_controller->message() : QStringLiteral("Looking for your archives…"));
    m_state->setVisible(state == State::Failed || (state == State::Loading && m_rows.isEmpty()));
    m_make->setEnabled(m_controller->canCreate());
    m_again->setVisible(state == State::Failed);
}

// Rows stay the same widgets, so that the keyboard's focus stays where it is.
void ExportsPanel::showRows()
{
    const QList<model::AccountExport> &archives = m_controller->archives();
    const auto isThere = [&archives](const QString &id) {
        return std::any_of(archives.cbegin(), archives.cend(),
                           [&id](const model::AccountExport &made) { return made.id == id; });
    };
    for (auto row = m_rows.begin(); row != m_rows.end();) {
        if (isThere(row.key())) {
            ++row;
            continue;
        }
        m_list->removeWidget(*row);
        (*row)->hide();
        (*row)->deleteLater();
        row = m_rows.erase(row);
    }
    for (int place = 0; place < archives.size(); ++place) {
        const model::AccountExport &made = archives.at(place);
        ExportRow *&row = m_rows[made.id];
        if (!row) {
            row = makeRow(made.id);
            m_list->insertWidget(place, row);
        }
        row->present(made, m_controller->saving());
    }
}

ExportRow *ExportsPanel::makeRow(const QString &id)
{
    auto *row = new ExportRow;
    connect(row, &ExportRow::saveWanted, this, [this, id] { askWhere(id); });
    connect(row, &ExportRow::cancelWanted, m_controller, &ExportController::cancelSaving);
    connect(row, &ExportRow::removeWanted, this, [this, id] {
        say({}, {});
        m_controller->remove(id);
    });
    return row;
}

void ExportsPanel::askWhere(const QString &id)
{
    say({}, {});
    const auto made = std::find_if(m_controller->archives().cbegin(), m_controller->archives().cend(),
                                   [&id](const model::AccountExport &one) { return one.id == id; });
    if (made == m_controller->archives().cend()) {
        return;
    }
    auto *dialog = new QFileDialog(this, QStringLiteral("Save the archive"),
                                   QStandardPaths::writableLocation(QStandardPaths::DownloadLocation),
                                   QStringLiteral("Archives (*.zip)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("zip"));
    dialog->selectFile(m_controller->suggestedName(*made));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, id](const QString &file) { m_controller->save(id, file); });
    dialog->open();
}

} // namespace graminsta
