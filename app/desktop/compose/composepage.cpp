// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/compose/composepage.h>

#include <desktop/compose/composecontroller.h>
#include <desktop/compose/incoming.h>
#include <desktop/compose/photocard.h>
#include <desktop/core/icon.h>
#include <desktop/core/theme.h>

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>

namespace graminsta
{

namespace
{

constexpr int kColumn = 700;

} // namespace

ComposePage::ComposePage(ComposeController &controller, PageContext context, QWidget *parent)
    : Page(QStringLiteral("New post"), parent)
    , m_controller(controller)
    , m_context(std::move(context))
    , m_photos(new QVBoxLayout)
    , m_add(new QPushButton(themedIcon(QStringLiteral("photos")), QStringLiteral("Choose photos…")))
    , m_caption(new QPlainTextEdit)
    , m_counter(new QLabel)
    , m_visibility(new QComboBox)
    , m_license(new QComboBox)
    , m_hint(new QLabel)
    , m_post(new QPushButton(QStringLiteral("Post")))
    , m_discard(new QPushButton(QStringLiteral("Discard")))
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *scrolled = new QWidget;
    scrolled->setObjectName(QStringLiteral("scrolled"));
    auto *centre = new QHBoxLayout(scrolled);
    centre->setContentsMargins(spacing::kLarge, spacing::kLarge, spacing::kLarge, spacing::kLarge);
    centre->addStretch(1);
    centre->addWidget(makeForm(), 100);
    centre->addStretch(1);
    scroll->setWidget(scrolled);
    content()->addWidget(scroll);
    listen();
    showPhotos();
    showState();
}

QWidget *ComposePage::makeForm()
{
    m_photos->setSpacing(spacing::kMedium);
    m_add->setIconSize(QSize(22, 22));
    m_caption->setPlaceholderText(QStringLiteral("Write a caption…"));
    m_caption->setAccessibleName(QStringLiteral("Caption"));
    m_caption->setTabChangesFocus(true);
    // Or the names of dropped files would become the caption.
    m_caption->setAcceptDrops(false);
    m_caption->installEventFilter(this);
    m_caption->setFixedHeight(110);
    m_caption->setPlainText(m_controller.draft().caption);
    m_counter->setProperty("role", QStringLiteral("muted"));
    m_counter->setAlignment(Qt::AlignRight);
    m_visibility->setAccessibleName(QStringLiteral("Who can see it"));
    m_visibility->addItem(QStringLiteral("Everybody"), QStringLiteral("public"));
    m_visibility->addItem(QStringLiteral("Everybody, but not in public lists"), QStringLiteral("unlisted"));
    m_visibility->addItem(QStringLiteral("Followers only"), QStringLiteral("private"));
    m_visibility->setCurrentIndex(std::max(0, m_visibility->findData(m_controller.draft().visibility)));
    m_license->setAccessibleName(QStringLiteral("Licence"));
    m_license->setToolTip(QStringLiteral("What others may do with the photos"));
    for (const model::License &license : m_controller.licenses()) {
        m_license->addItem(license.title, license.id);
    }
    if (m_license->count() == 0) {
        m_license->hide();
    }
    m_hint->setWordWrap(true);
    m_hint->setProperty("role", QStringLiteral("muted"));
    m_post->setProperty("role", QStringLiteral("primary"));

    auto *form = new QWidget;
    form->setMaximumWidth(kColumn);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::kMedium);
    column->addLayout(m_photos);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    column->addWidget(m_caption);
    column->addWidget(m_counter);
    column->addLayout(makeFoot());
    column->addStretch(1);
    return form;
}

QLayout *ComposePage::makeFoot()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::kMedium);
    line->addWidget(m_visibility);
    line->addWidget(m_license);
    line->addStretch(1);
    line->addWidget(m_discard);
    line->addWidget(m_post);
    auto *foot = new QVBoxLayout;
    foot->setSpacing(spacing::kMedium);
    foot->addWidget(m_hint);
    foot->addLayout(line);
    return foot;
}

void ComposePage::listen()
{
    connect(m_add, &QPushButton::clicked, this, &ComposePage::chooseFiles);
    connect(m_caption, &QPlainTextEdit::textChanged, this,
            [this] { m_controller.setCaption(m_caption->toPlainText()); });
    connect(m_visibility, &QComboBox::activated, this,
            [this] { m_controller.setVisibility(m_visibility->currentData().toString()); });
    connect(m_license, &QComboBox::activated, this,
            [this] { m_controller.setLicense(m_license->currentData().toInt()); });
    connect(m_post, &QPushButton::clicked, &m_controller, &ComposeController::post);
    connect(m_discard, &QPushButton::clicked, &m_controller, &ComposeController::discard);
    connect(&m_controller, &ComposeController::photosChanged, this, &ComposePage::showPhotos);
    connect(&m_controller, &ComposeController::changed, this, &ComposePage::showState);
    connect(&m_controller, &ComposeController::failed, &m_context.navigator, &Navigator::notice);
    connect(&m_controller, &ComposeController::uploadChanged, this, [this](int index) {
        if (index < m_cards.size()) {
            m_cards[index]->showUpload(m_controller.upload(index));
        }
    });
    connect(&m_controller, &ComposeController::posted, this, [this] {
        Q_EMIT m_context.navigator.notice(QStringLiteral("Posted."));
        Q_EMIT m_context.navigator.placeRequested(Navigator::Place::Home);
    });
}

// A caption takes no pictures: what is pasted there is meant for the post.
bool ComposePage::eventFilter(QObject *watched, QEvent *event)
{
    const bool pasted = event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste) && !m_caption->canPaste();
    return (pasted && m_controller.addPasted()) || Page::eventFilter(watched, event);
}

void ComposePage::chooseFiles()
{
    auto *dialog = new QFileDialog(this, QStringLiteral("Choose photos and videos"), {}, photoFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, &m_controller, &ComposeController::addFiles);
    dialog->open();
}

void ComposePage::showPhotos()
{
    for (PhotoCard *card : std::exchange(m_cards, {})) {
        card->hide();
        card->deleteLater();
    }
    for (int i = 0; i < m_controller.photoCount(); ++i) {
        addCard(i);
    }
    if (m_caption->toPlainText() != m_controller.draft().caption) {
        const QSignalBlocker quiet(m_caption);
        m_caption->setPlainText(m_controller.draft().caption);
    }
    m_add->setText(m_cards.isEmpty() ? QStringLiteral("Choose photos…") : QStringLiteral("Add photos…"));
    showState();
}

void ComposePage::addCard(int index)
{
    auto *card =
        new PhotoCard(m_controller.draft().photos[index], m_context.media, m_controller.limits().descriptionLimit);
    card->setPlace(index, m_controller.photoCount());
    card->showUpload(m_controller.upload(index));
    connect(card, &PhotoCard::described, &m_controller,
            [this, index](const QString &text) { m_controller.describe(index, text); });
    connect(card, &PhotoCard::removeRequested, &m_controller, [this, index] { m_controller.removePhoto(index); });
    connect(card, &PhotoCard::moveRequested, &m_controller,
            [this, index](int step) { m_controller.movePhoto(index, index + step); });
    connect(card, &PhotoCard::cancelRequested, &m_controller, [this, index] { m_controller.cancelUpload(index); });
    connect(card, &PhotoCard::retryRequested, &m_controller, [this, index] { m_controller.retryUpload(index); });
    m_photos->addWidget(card);
    m_cards.append(card);
}

void ComposePage::showState()
{
    const ComposeController::State state = m_controller.state();
    const bool writing = state == ComposeController::State::Writing;
    const auto left = m_controller.limits().maxCharacters - m_controller.draft().caption.size();
    m_counter->setText(left < 0 ? QStringLiteral("%1 characters too many").arg(-left)
                                : QStringLiteral("%1 characters left").arg(left));
    m_add->setEnabled(writing && m_controller.photoCount() < m_controller.limits().maxMediaAttachments);
    m_post->setEnabled(m_controller.canPost());
    m_post->setToolTip(m_controller.obstacle());
    m_post->setText(state == ComposeController::State::WaitingForUploads ? QStringLiteral("Uploading…")
                        : state == ComposeController::State::Posting     ? QStringLiteral("Posting…")
                                                                         : QStringLiteral("Post"));
    m_license->setCurrentIndex(std::max(0, m_license->findData(m_controller.draft().license)));
    m_discard->setEnabled(!m_controller.draft().isEmpty());
    showHint();
}

void ComposePage::showHint()
{
    const QList<DraftPhoto> &photos = m_controller.draft().photos;
    const auto undescribed = std::count_if(
        photos.cbegin(), photos.cend(), [](const DraftPhoto &photo) { return photo.description.trimmed().isEmpty(); });
    if (photos.isEmpty()) {
        m_hint->setText(QStringLiteral("Drop photos anywhere in this window, paste a picture, or choose files. A post "
                                       "holds up to %1 photos.")
                            .arg(m_controller.limits().maxMediaAttachments));
    } else if (undescribed > 0) {
        m_hint->setText(QStringLiteral("A description lets people who cannot see a photo take part. %1 without one.")
                            .arg(undescribed == 1 ? QStringLiteral("1 photo is")
                                                  : QStringLiteral("%1 photos are").arg(undescribed)));
    } else {
        m_hint->setText(QStringLiteral("Location and camera data are removed from what others see."));
    }
}

} // namespace graminsta
