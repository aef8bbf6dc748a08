// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/post/commentrow.h>

#include <desktop/core/captionlinks.h>
#include <desktop/core/theme.h>
#include <desktop/core/wording.h>
#include <desktop/widgets/avatar.h>
#include <desktop/widgets/page.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

constexpr int kAvatar = 32;

} // namespace

CommentRow::CommentRow(const StatusRow &comment, MediaCache &media, Delete offer, QWidget *parent)
    : QWidget(parent)
{
    auto *avatar = new Avatar(media, kAvatar);
    avatar->setAuthor(comment.author);
    connect(avatar, &QAbstractButton::clicked, this, [this, id = comment.author->id] { Q_EMIT authorRequested(id); });

    auto *name = new QLabel(comment.author->name);
    name->setTextFormat(Qt::PlainText);
    name->setProperty("role", QStringLiteral("strong"));
    auto *age = new QLabel(briefAge(comment.createdAt, SystemClock().now()));
    age->setProperty("role", QStringLiteral("muted"));
    age->setToolTip(fullTime(comment.createdAt));
    auto *text = new QLabel(captionHtml(comment));
    text->setTextFormat(Qt::RichText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(text, &QLabel::linkActivated, this, &CommentRow::linkRequested);
    text->setVisible(!comment.caption.isEmpty());

    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::kSmall);
    line->addWidget(name, 0);
    line->addWidget(age, 0);
    line->addStretch(1);
    if (offer == Delete::Offered) {
        QToolButton *remove = iconButton(QStringLiteral("delete"), QStringLiteral("Delete this comment"));
        remove->setIconSize(QSize(16, 16));
        remove->setProperty("role", QStringLiteral("small"));
        connect(remove, &QToolButton::clicked, this, [this, id = comment.id] { Q_EMIT deleteRequested(id); });
        line->addWidget(remove);
    }
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addLayout(line);
    column->addWidget(text);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::kMedium);
    row->addWidget(avatar, 0, Qt::AlignTop);
    row->addLayout(column, 1);
}

} // namespace graminsta
