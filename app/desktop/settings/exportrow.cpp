// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/exportrow.h>

#include <desktop/core/theme.h>
#include <desktop/settings/archivewords.h>
#include <desktop/settings/section.h>

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace graminsta
{

ExportRow::ExportRow(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_detail(new QLabel)
    , m_progress(new QProgressBar)
    , m_save(new QPushButton(QStringLiteral("Save as…")))
    , m_cancel(new QPushButton(QStringLiteral("Cancel")))
    , m_remove(new QPushButton)
{
    m_title->setProperty("role", QStringLiteral("strong"));
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_progress->setTextVisible(false);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, spacing::kSmall, 0, spacing::kSmall);
    grid->setHorizontalSpacing(spacing::kMedium);
    grid->setVerticalSpacing(spacing::kSmall / 2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_detail, 1, 0);
    grid->addWidget(m_progress, 2, 0);
    grid->addWidget(m_save, 0, 1, 3, 1, Qt::AlignVCenter);
    grid->addWidget(m_cancel, 0, 2, 3, 1, Qt::AlignVCenter);
    grid->addWidget(m_remove, 0, 3, 3, 1, Qt::AlignVCenter);
    connect(m_save, &QPushButton::clicked, this, &ExportRow::saveWanted);
    connect(m_cancel, &QPushButton::clicked, this, &ExportRow::cancelWanted);
    connect(m_remove, &QPushButton::clicked, this, &ExportRow::removeWanted);
}

void ExportRow::present(const model::AccountExport &made, const std::optional<ExportController::Saving> &saving)
{
    const QString title = archiveTitle(made);
    const bool isSaving = saving && saving->id == made.id;
    const bool working = isUnderWay(made);
    const QWidget *focused = window()->focusWidget();
    m_title->setText(title);
    m_detail->setText(isSaving ? QStringLiteral("Saving: %1").arg(bytesOf(saving->received, saving->total))
                               : archiveDetail(made));
    setRole(m_detail, working || isDone(made) ? QStringLiteral("muted") : QStringLiteral("error"));
    // Without a range it moves to and fro: nobody knows how long the making takes.
    m_progress->setRange(0, working ? 0 : kProgressSteps);
    m_progress->setValue(isSaving ? progressOf(saving->received, saving->total) : 0);
    m_progress->setVisible(working || isSaving);
    m_progress->setAccessibleName(isSaving ? QStringLiteral("How much is saved") : QStringLiteral("Being made"));
    m_save->setVisible(isDone(made) && !isSaving);
    m_save->setEnabled(!saving);
    m_save->setAccessibleName(QStringLiteral("Save the %1 as a file").arg(lowered(title)));
    m_cancel->setVisible(isSaving);
    m_cancel->setAccessibleName(QStringLiteral("Cancel the saving"));
    // The keyboard goes on where the button was that has gone.
    if (focused && focused == (isSaving ? m_save : m_cancel)) {
        (isSaving ? m_cancel : m_save)->setFocus();
    }
    m_remove->setVisible(!isSaving);
    m_remove->setText(working            ? QStringLiteral("Stop")
                          : isDone(made) ? QStringLiteral("Delete")
                                         : QStringLiteral("Remove"));
    m_remove->setAccessibleName(QStringLiteral("%1 the %2").arg(m_remove->text(), lowered(title)));
}

} // namespace graminsta
