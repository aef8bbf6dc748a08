// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/post/statuspage.h>

#include <desktop/core/captionlinks.h>
#include <desktop/core/icon.h>
#include <desktop/core/theme.h>
#include <desktop/core/wording.h>
#include <desktop/post/commentrow.h>
#include <desktop/post/photostage.h>
#include <desktop/widgets/avatar.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace graminsta
{

namespace
{

constexpr int kSideWidth = 380;
constexpr int kWideEnough = 860;

QLabel *wrappedLabel()
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString followText(StatusController::Follow follow)
{
    switch (follow) {
    case StatusController::Follow::Following:
        return QStringLiteral("Following");
    case StatusController::Follow::Requested:
        return QStringLiteral("Requested");
    default:
        return QStringLiteral("Follow");
    }
}

} // namespace

StatusPage::StatusPage(const StatusRow &row, PageContext context, QWidget *parent)
    : Page(QStringLiteral("Post"), parent)
    , m_context(std::move(context))
    , m_controller(m_context.session, row)
    , m_body(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_stage(new PhotoStage(m_context.media))
{
    m_side = makeSide();
    m_body->setSpacing(0);
    m_body->addWidget(m_stage, 1);
    m_body->addWidget(m_side, 0);
    content()->addLayout(m_body, 1);
    connect(m_stage, &PhotoStage::currentChanged, this, &StatusPage::showDescription);
    connect(&m_controller, &StatusController::changed, this, &StatusPage::showStatus);
    connect(&m_controller, &StatusController::commentsChanged, this, &StatusPage::showComments);
    connect(&m_controller, &StatusController::commentSent, m_comment, &QLineEdit::clear);
    connect(&m_controller, &StatusController::failed, &m_context.navigator, &Navigator::notice);
    connect(&m_controller, &StatusController::removed, this, &Page::backRequested);
    showStatus();
    showComments();
    m_controller.load();
    m_stage->setFocus();
}

QWidget *StatusPage::makeAuthorBar()
{
    m_avatar = new Avatar(m_context.media, 40);
    m_name = new QLabel;
    m_name->setTextFormat(Qt::PlainText);
    m_name->setProperty("role", QStringLiteral("strong"));
    m_acct = new QLabel;
    m_acct->setTextFormat(Qt::PlainText);
    m_acct->setProperty("role", QStringLiteral("muted"));
    m_follow = new QPushButton;
    m_delete = iconButton(QStringLiteral("delete"), QStringLiteral("Delete this post"));
    connect(m_avatar, &QAbstractButton::clicked, this,
            [this] { Q_EMIT m_context.navigator.accountRequested(m_controller.status().author->id); });
    connect(m_follow, &QPushButton::clicked, &m_controller, &StatusController::toggleFollow);
    connect(m_delete, &QToolButton::clicked, this, &StatusPage::askToDelete);

    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_acct);
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::kMedium);
    row->addWidget(m_avatar);
    row->addLayout(names, 1);
    row->addWidget(m_follow);
    row->addWidget(m_delete);
    return bar;
}

QWidget *StatusPage::makeCommentBox()
{
    m_like = iconButton(QStringLiteral("heart"), QStringLiteral("Like (L)"));
    m_like->setIconSize(QSize(26, 26));
    m_like->setShortcut(QKeySequence(Qt::Key_L));
    m_counts = new QLabel;
    m_counts->setProperty("role", QStringLiteral("strong"));
    m_comment = new QLineEdit;
    m_comment->setPlaceholderText(QStringLiteral("Add a comment…"));
    m_comment->setAccessibleName(QStringLiteral("Comment"));
    m_comment->setMaxLength(m_context.session->instance().limits.maxCharacters);
    m_send = new QPushButton(QStringLiteral("Send"));
    m_send->setProperty("role", QStringLiteral("primary"));
    m_send->setEnabled(false);
    connect(m_like, &QToolButton::clicked, &m_controller, &StatusController::toggleFavourite);
    const auto send = [this] { m_controller.sendComment(m_comment->text()); };
    connect(m_send, &QPushButton::clicked, this, send);
    connect(m_comment, &QLineEdit::returnPressed, this, send);
    connect(m_comment, &QLineEdit::textChanged, this, &StatusPage::showStatus);

    auto *likes = new QHBoxLayout;
    likes->addWidget(m_like);
    likes->addWidget(m_counts, 1);
    auto *entry = new QHBoxLayout;
    entry->setSpacing(spacing::kSmall);
    entry->addWidget(m_comment, 1);
    entry->addWidget(m_send);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(likes);
    column->addLayout(entry);
    return box;
}

QWidget *StatusPage::makeSide()
{
    m_caption = wrappedLabel();
    m_caption->setTextFormat(Qt::RichText);
    m_caption->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(m_caption, &QLabel::linkActivated, this,
            [this](const QString &href) { openLink(href, m_context.navigator); });
    m_alt = wrappedLabel();
    m_alt->setProperty("role", QStringLiteral("muted"));
    m_license = wrappedLabel();
    m_license->setProperty("role", QStringLiteral("muted"));
    m_altToggle = new QPushButton;
    m_altToggle->setProperty("role", QStringLiteral("link"));
    connect(m_altToggle, &QPushButton::clicked, this, [this] {
        m_altShown = !m_altShown;
        showDescription();
    });
    m_comments = new QWidget;
    auto *comments = new QVBoxLayout(m_comments);
    comments->setContentsMargins(0, 0, 0, 0);
    comments->setSpacing(spacing::kMedium);

    auto *scrolled = new QWidget;
    scrolled->setObjectName(QStringLiteral("scrolled"));
    auto *text = new QVBoxLayout(scrolled);
    text->setContentsMargins(0, 0, spacing::kSmall, 0);
    text->setSpacing(spacing::kMedium);
    text->addWidget(m_caption);
    text->addWidget(m_altToggle, 0, Qt::AlignLeft);
    text->addWidget(m_alt);
    text->addWidget(m_license);
    text->addWidget(m_comments);
    text->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(scrolled);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *side = new QWidget;
    side->setBackgroundRole(QPalette::Base);
    side->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(spacing::kLarge, spacing::kLarge, spacing::kLarge, spacing::kLarge);
    column->setSpacing(spacing::kMedium);
    column->addWidget(makeAuthorBar());
    column->addWidget(scroll, 1);
    column->addWidget(makeCommentBox());
    return side;
}

void StatusPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool wide = width() >= kWideEnough;
    m_body->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_side->setMinimumWidth(wide ? kSideWidth : 0);
    m_side->setMaximumWidth(wide ? kSideWidth : QWIDGETSIZE_MAX);
    m_body->setStretch(1, wide ? 0 : 1);
}

void StatusPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showStatus();
    }
}

void StatusPage::refresh()
{
    m_context.media.forgetFailures();
    m_controller.load();
}

void StatusPage::showStatus()
{
    const StatusRow &row = m_controller.status();
    using Follow = StatusController::Follow;
    const Follow follow = m_controller.follow();
    m_stage->setPhotos(row.photos);
    m_stage->setVisible(!row.photos.isEmpty());
    m_avatar->setAuthor(row.author);
    m_name->setText(row.author->name);
    m_acct->setText(QStringLiteral("@%1 · %2").arg(row.author->acct, briefAge(row.createdAt, SystemClock().now())));
    m_acct->setToolTip(fullTime(row.createdAt));
    m_follow->setVisible(follow != Follow::Own && follow != Follow::Unknown);
    m_follow->setText(followText(follow));
    m_delete->setVisible(follow == Follow::Own);
    m_caption->setText(captionHtml(row));
    m_caption->setVisible(!row.caption.isEmpty());
    const QColor heart = row.favourited ? likeColour() : palette().color(QPalette::Text);
    m_like->setIcon(iconPixmap(row.favourited ? QStringLiteral("heart-filled") : QStringLiteral("heart"), 26, heart,
                               devicePixelRatioF()));
    m_like->setAccessibleName(row.favourited ? QStringLiteral("Take the like back") : QStringLiteral("Like"));
    m_counts->setText(counted(row.favouritesCount, QStringLiteral("like"), QStringLiteral("likes")));
    m_send->setEnabled(!m_controller.isSending() && !m_comment->text().trimmed().isEmpty());
    showDescription();
}

void StatusPage::showDescription()
{
    const QList<Photo> &photos = m_controller.status().photos;
    const Photo photo = photos.value(m_stage->current());
    const QString text = photo.description;
    m_license->setText(QStringLiteral("Licence: %1").arg(photo.license));
    m_license->setVisible(!photo.license.isEmpty());
    m_altToggle->setVisible(!text.isEmpty());
    m_altToggle->setText(m_altShown ? QStringLiteral("Hide description") : QStringLiteral("Show description (ALT)"));
    m_alt->setText(text);
    m_alt->setVisible(m_altShown && !text.isEmpty());
}

void StatusPage::showComments()
{
    QLayout *list = m_comments->layout();
    while (QLayoutItem *item = list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const QString own = m_context.session->account().id;
    for (const StatusRow &comment : m_controller.comments()) {
        auto *row =
            new CommentRow(comment, m_context.media,
                           comment.author->id == own ? CommentRow::Delete::Offered : CommentRow::Delete::NotOffered);
        connect(row, &CommentRow::authorRequested, &m_context.navigator, &Navigator::accountRequested);
        connect(row, &CommentRow::linkRequested, this,
                [this](const QString &href) { openLink(href, m_context.navigator); });
        connect(row, &CommentRow::deleteRequested, &m_controller, &StatusController::removeComment);
        list->addWidget(row);
    }
    if (!m_controller.message().isEmpty()) {
        auto *retry = new QPushButton(QStringLiteral("%1 Try again").arg(m_controller.message()));
        retry->setProperty("role", QStringLiteral("link"));
        connect(retry, &QPushButton::clicked, this, &StatusPage::refresh);
        list->addWidget(retry);
    } else if (m_controller.comments().isEmpty()) {
        auto *none = new QLabel(m_controller.hasComments() ? QStringLiteral("No comments yet.")
                                                           : QStringLiteral("Loading comments…"));
        none->setProperty("role", QStringLiteral("muted"));
        list->addWidget(none);
    }
}

void StatusPage::askToDelete()
{
    QMessageBox question(QMessageBox::Question, QStringLiteral("Delete this post?"),
                         QStringLiteral("The post, its likes and its comments go for good."), QMessageBox::Cancel,
                         window());
    QPushButton *remove = question.addButton(QStringLiteral("Delete"), QMessageBox::DestructiveRole);
    question.setDefaultButton(QMessageBox::Cancel);
    const QPointer<StatusPage> self(this);
    question.exec();
    if (self && question.clickedButton() == remove) {
        m_controller.remove();
    }
}

} // namespace graminsta
