// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/profile/editprofiledialog.h>

#include <desktop/core/theme.h>
#include <desktop/core/wording.h>

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace graminsta
{

EditProfileDialog::EditProfileDialog(ProfileController &controller, QWidget *parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_name(new QLineEdit(controller.account().displayName))
    , m_note(new QPlainTextEdit)
    , m_portrait(new QPushButton(QStringLiteral("Choose a portrait…")))
    , m_error(new QLabel)
    , m_save(new QPushButton(QStringLiteral("Save")))
{
    setWindowTitle(QStringLiteral("Edit profile"));
    setMinimumWidth(440);
    const model::Account &account = controller.account();
    m_note->setPlainText(account.source ? account.source->note : plainText(account.note));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(110);
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->setWordWrap(true);
    m_error->hide();
    m_save->setProperty("role", QStringLiteral("primary"));
    m_save->setDefault(true);
    auto *cancel = new QPushButton(QStringLiteral("Cancel"));
    auto *nameLabel = new QLabel(QStringLiteral("&Name"));
    nameLabel->setBuddy(m_name);
    auto *noteLabel = new QLabel(QStringLiteral("&About you"));
    noteLabel->setBuddy(m_note);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::kLarge, spacing::kLarge, spacing::kLarge, spacing::kLarge);
    column->setSpacing(spacing::kSmall);
    column->addWidget(nameLabel);
    column->addWidget(m_name);
    column->addSpacing(spacing::kSmall);
    column->addWidget(noteLabel);
    column->addWidget(m_note);
    column->addSpacing(spacing::kSmall);
    column->addWidget(m_portrait, 0, Qt::AlignLeft);
    column->addWidget(m_error);
    column->addSpacing(spacing::kMedium);
    column->addLayout(buttons);

    connect(m_portrait, &QPushButton::clicked, this, &EditProfileDialog::choosePortrait);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &EditProfileDialog::save);
    connect(&m_controller, &ProfileController::saved, this, &QDialog::accept);
    connect(&m_controller, &ProfileController::failed, this, [this](const QString &message) {
        m_error->setText(message);
        m_error->show();
        m_save->setEnabled(true);
    });
}

void EditProfileDialog::choosePortrait()
{
    auto *dialog = new QFileDialog(this, QStringLiteral("Choose a portrait"), {},
                                   QStringLiteral("Pictures (*.jpg *.jpeg *.png *.webp)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_portraitPath = path;
        m_portrait->setText(QFileInfo(path).fileName());
    });
    dialog->open();
}

void EditProfileDialog::save()
{
    m_save->setEnabled(false);
    m_error->hide();
    client::ProfileChange change;
    change.displayName = m_name->text().trimmed();
    change.note = m_note->toPlainText();
    change.avatarPath = m_portraitPath;
    m_controller.save(change);
}

} // namespace graminsta
