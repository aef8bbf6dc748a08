// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/profile/profileheader.h>

#include <desktop/core/theme.h>
#include <desktop/core/wording.h>
#include <desktop/widgets/avatar.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace graminsta
{

namespace
{

constexpr int kAvatar = 132;

QLabel *plainLabel(const QString &role)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", role);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ProfileHeader::ProfileHeader(ProfileController &controller, MediaCache &media, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_avatar(new Avatar(media, kAvatar))
    , m_name(plainLabel(QStringLiteral("title")))
    , m_acct(plainLabel(QStringLiteral("muted")))
    , m_counts(new QLabel)
    , m_note(plainLabel(QString()))
    , m_action(new QPushButton)
{
    m_avatar->setFocusPolicy(Qt::NoFocus);
    m_note->setWordWrap(true);
    auto *title = new QHBoxLayout;
    title->setSpacing(spacing::kLarge);
    title->addWidget(m_name);
    title->addWidget(m_action);
    title->addStretch(1);
    auto *column = new QVBoxLayout;
    column->setSpacing(spacing::kSmall);
    column->addStretch(1);
    column->addLayout(title);
    column->addWidget(m_acct);
    column->addSpacing(spacing::kSmall);
    column->addWidget(m_counts);
    column->addWidget(m_note);
    column->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(40, 32, 40, 32);
    row->setSpacing(40);
    row->addWidget(m_avatar, 0, Qt::AlignTop);
    row->addLayout(column, 1);
    connect(&m_controller, &ProfileController::changed, this, &ProfileHeader::showAccount);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_controller.isOwn()) {
            Q_EMIT editRequested();
        } else {
            m_controller.toggleFollow();
        }
    });
    showAccount();
}

void ProfileHeader::showAccount()
{
    const model::Account &account = m_controller.account();
    using Follow = ProfileController::Follow;
    const Follow follow = m_controller.follow();
    m_avatar->setAuthor(StatusRows().authorOf(account));
    m_name->setText(account.displayName.isEmpty() ? account.username : account.displayName);
    m_acct->setText(QLatin1Char('@') + account.acct);
    const auto count = [](qint64 number, const QString &one, const QString &many) {
        return QStringLiteral("<b>%1</b> %2").arg(briefCount(number), number == 1 ? one : many);
    };
    const QString gap = QStringLiteral("&nbsp;&nbsp;&nbsp;&nbsp;");
    m_counts->setText(count(account.statusesCount, QStringLiteral("post"), QStringLiteral("posts")) + gap
                      + count(account.followersCount, QStringLiteral("follower"), QStringLiteral("followers")) + gap
                      + QStringLiteral("<b>%1</b> following").arg(briefCount(account.followingCount)));
    const QString note = plainText(account.note);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_action->setVisible(follow != Follow::Unknown);
    m_action->setText(follow == Follow::Own             ? QStringLiteral("Edit profile")
                          : follow == Follow::Following ? QStringLiteral("Following")
                          : follow == Follow::Requested ? QStringLiteral("Requested")
                                                        : QStringLiteral("Follow"));
    m_action->setProperty("role", follow == Follow::NotFollowing ? QStringLiteral("primary") : QStringLiteral("plain"));
    m_action->style()->unpolish(m_action);
    m_action->style()->polish(m_action);
    Q_EMIT relaidOut();
}

} // namespace graminsta
