// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/search/searchpage.h>

#include <desktop/core/theme.h>
#include <desktop/search/searchdelegate.h>
#include <desktop/widgets/statepane.h>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

constexpr int kLongestQuery = 500;

// As wide as a column of reading, in the middle.
QWidget *centred(QWidget *widget)
{
    widget->setMaximumWidth(spacing::kColumn + 100);
    auto *middle = new QWidget;
    auto *row = new QHBoxLayout(middle);
    row->setContentsMargins(spacing::kMedium, spacing::kMedium, spacing::kMedium, 0);
    row->addStretch(1);
    row->addWidget(widget, 100);
    row->addStretch(1);
    return middle;
}

} // namespace

SearchPage::SearchPage(PageContext context, QWidget *parent)
    : Page(QStringLiteral("Search"), parent)
    , m_context(std::move(context))
    , m_controller(m_context.session)
    , m_line(new QLineEdit)
    , m_stack(new QStackedWidget)
    , m_pane(new StatePane)
    , m_list(new QListView)
{
    m_line->setPlaceholderText(QStringLiteral("People, #hashtags, words"));
    m_line->setAccessibleName(QStringLiteral("Search"));
    m_line->setClearButtonEnabled(true);
    m_line->setMaxLength(kLongestQuery);
    m_list->setModel(&m_controller);
    m_list->setItemDelegate(new SearchDelegate(m_context.media, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(QStringLiteral("What was found"));
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_stack->addWidget(m_pane);
    m_stack->addWidget(centred(m_list));
    content()->addWidget(centred(m_line));
    content()->addWidget(m_stack, 1);
    connect(m_line, &QLineEdit::textChanged, &m_controller, &SearchController::setQuery);
    connect(m_line, &QLineEdit::returnPressed, &m_controller, &SearchController::searchNow);
    connect(&m_controller, &SearchController::changed, this, &SearchPage::showState);
    connect(m_list, &QListView::clicked, this, &SearchPage::open);
    connect(m_list, &QListView::activated, this, &SearchPage::open);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &SearchPage::updateWanted);
    connect(&m_context.media, &MediaCache::arrived, m_list->viewport(), qOverload<>(&QWidget::update));
    showState();
}

void SearchPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_line->setFocus();
    m_line->selectAll();
}

void SearchPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    updateWanted();
}

void SearchPage::refresh()
{
    m_context.media.forgetFailures();
    m_line->setFocus();
    m_controller.searchNow();
}

void SearchPage::open(const QModelIndex &index)
{
    // By value: what is opened may change the list.
    const SearchRow row = m_controller.at(index.row());
    if (const auto *account = std::get_if<FoundAccount>(&row)) {
        Q_EMIT m_context.navigator.accountRequested(account->author->id);
    } else if (const auto *hashtag = std::get_if<FoundHashtag>(&row)) {
        Q_EMIT m_context.navigator.hashtagRequested(hashtag->name);
    } else if (const auto *status = std::get_if<StatusRow>(&row)) {
        Q_EMIT m_context.navigator.statusRequested(*status);
    }
}

void SearchPage::updateWanted()
{
    QList<MediaKey> keys;
    const int first = std::max(0, m_list->indexAt(QPoint(1, 1)).row());
    for (int row = first; row < m_controller.rowCount(); ++row) {
        if (m_list->visualRect(m_controller.index(row)).top() > m_list->viewport()->height()) {
            break;
        }
        keys += SearchDelegate::pictures(m_controller.at(row), devicePixelRatioF());
    }
    m_context.media.want(this, keys);
}

void SearchPage::showState()
{
    using State = SearchController::State;
    // While the next is looked for, the last stays to be read.
    const bool content = m_controller.rowCount() > 0;
    m_stack->setCurrentIndex(content ? 1 : 0);
    if (content) {
        updateWanted();
        return;
    }
    switch (m_controller.state()) {
    case State::Idle:
        m_pane->showMessage(QStringLiteral("search"), QStringLiteral("Find people, hashtags and posts"),
                            QStringLiteral("@name finds a person, #word a hashtag, words find posts."));
        break;
    case State::Searching:
        m_pane->showBusy(QStringLiteral("Searching…"));
        break;
    case State::Found:
        m_pane->showMessage(QStringLiteral("search"), QStringLiteral("Nothing found"),
                            QStringLiteral("Nothing here matches “%1”.").arg(m_controller.query()));
        break;
    case State::Failed:
        m_pane->showMessage(QStringLiteral("warning"), QStringLiteral("The search did not work"),
                            m_controller.message());
        connect(m_pane->addButton(QStringLiteral("Try again")), &QPushButton::clicked, &m_controller,
                &SearchController::searchNow);
        break;
    }
}

} // namespace graminsta
