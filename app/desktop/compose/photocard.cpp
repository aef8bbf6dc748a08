// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/compose/photocard.h>

#include <desktop/compose/thumbnail.h>
#include <desktop/core/theme.h>
#include <desktop/core/wording.h>
#include <desktop/widgets/page.h>

#include <graminsta/client/uploader.h>

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace graminsta
{

namespace
{

constexpr int kThumbnail = 116;

QPushButton *linkButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setProperty("role", QStringLiteral("link"));
    button->hide();
    return button;
}

} // namespace

PhotoCard::PhotoCard(const DraftPhoto &photo, MediaCache &media, int descriptionLimit, QWidget *parent)
    : QFrame(parent)
    , m_description(new QPlainTextEdit(photo.description))
    , m_state(new QLabel)
    , m_progress(new QProgressBar)
    , m_cancel(linkButton(QStringLiteral("Cancel")))
    , m_retry(linkButton(QStringLiteral("Try again")))
    , m_up(iconButton(QStringLiteral("up"), QStringLiteral("Move up")))
    , m_down(iconButton(QStringLiteral("down"), QStringLiteral("Move down")))
    , m_thumbnail(new Thumbnail(photo.path, kThumbnail, media))
{
    setObjectName(QStringLiteral("card"));
    const QFileInfo file(photo.path);
    auto *name = new QLabel(QStringLiteral("%1 · %2").arg(file.fileName(), fileSize(file.size())));
    name->setTextFormat(Qt::PlainText);
    name->setProperty("role", QStringLiteral("strong"));
    name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    name->setToolTip(photo.path);
    m_description->setPlaceholderText(QStringLiteral("Describe this photo for people who cannot see it"));
    m_description->setAccessibleName(QStringLiteral("Description of %1").arg(file.fileName()));
    m_description->setTabChangesFocus(true);
    m_description->setAcceptDrops(false);
    m_description->setFixedHeight(64);
    m_state->setProperty("role", QStringLiteral("muted"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_progress->setTextVisible(false);
    QToolButton *remove = iconButton(QStringLiteral("close"), QStringLiteral("Remove this photo"));

    connect(m_description, &QPlainTextEdit::textChanged, this, [this, descriptionLimit] {
        const QString text = m_description->toPlainText();
        if (text.size() > descriptionLimit) {
            m_description->setPlainText(text.left(descriptionLimit));
            m_description->moveCursor(QTextCursor::End);
            return;
        }
        Q_EMIT described(text);
    });
    connect(remove, &QToolButton::clicked, this, &PhotoCard::removeRequested);
    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(1); });
    connect(m_cancel, &QPushButton::clicked, this, &PhotoCard::cancelRequested);
    connect(m_retry, &QPushButton::clicked, this, &PhotoCard::retryRequested);

    auto *head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(name, 1);
    head->addWidget(m_up);
    head->addWidget(m_down);
    head->addWidget(remove);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(spacing::kMedium);
    foot->addWidget(m_progress, 1);
    foot->addWidget(m_state, 1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_retry);
    auto *column = new QVBoxLayout;
    column->setSpacing(spacing::kSmall);
    column->addLayout(head);
    column->addWidget(m_description);
    column->addLayout(foot);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::kMedium, spacing::kMedium, spacing::kMedium, spacing::kMedium);
    row->setSpacing(spacing::kMedium);
    row->addWidget(m_thumbnail, 0, Qt::AlignTop);
    row->addLayout(column, 1);
}

void PhotoCard::setPlace(int index, int count)
{
    m_up->setEnabled(index > 0);
    m_down->setEnabled(index + 1 < count);
}

void PhotoCard::showUpload(const client::UploadItem &item)
{
    using State = client::UploadState;
    const bool underWay =
        item.state == State::Sending || item.state == State::Waiting || item.state == State::Processing;
    m_progress->setVisible(item.state == State::Sending);
    m_progress->setRange(0, 1000);
    m_progress->setValue(item.total > 0 ? static_cast<int>(item.sent * 1000 / item.total) : 0);
    m_cancel->setVisible(underWay);
    m_retry->setVisible(item.state == State::Failed || item.state == State::Cancelled);
    QString text;
    switch (item.state) {
    case State::Waiting:
        text = QStringLiteral("Waiting");
        break;
    case State::Sending:
        text = QStringLiteral("%1 of %2").arg(fileSize(item.sent), fileSize(item.total));
        break;
    case State::Processing:
        text = QStringLiteral("The server is preparing it…");
        break;
    case State::Ready:
        text = QStringLiteral("Uploaded");
        break;
    case State::Failed:
        text = messageOf(item.error);
        break;
    case State::Cancelled:
        text = QStringLiteral("Upload cancelled");
        break;
    }
    if (item.state == State::Ready) {
        m_thumbnail->setUploaded(item.media.previewUrl, item.media.blurhash);
    }
    m_state->setText(text);
    m_state->setProperty("role", item.state == State::Failed ? QStringLiteral("error") : QStringLiteral("muted"));
    style()->unpolish(m_state);
    style()->polish(m_state);
}

} // namespace graminsta
