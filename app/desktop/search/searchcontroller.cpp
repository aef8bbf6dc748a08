// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/search/searchcontroller.h>

#include <desktop/core/wording.h>

#include <QPointer>

namespace graminsta
{

namespace
{

constexpr std::chrono::milliseconds kTypingPause { 300 };
constexpr int kMostOfAKind = 20;

FoundHashtag hashtagOf(const model::Tag &tag)
{
    FoundHashtag found { tag.name, 0 };
    for (const model::TagDay &day : tag.history) {
        found.uses += day.uses;
    }
    return found;
}

struct Spoken {
    QString operator()(const SearchHeading &heading) const { return heading.text; }
    QString operator()(const FoundAccount &found) const
    {
        return QStringLiteral("%1, @%2").arg(found.author->name, found.author->acct);
    }
    QString operator()(const FoundHashtag &found) const { return QStringLiteral("Hashtag %1").arg(found.name); }
    QString operator()(const StatusRow &row) const { return spokenText(row, SystemClock().now()); }
};

} // namespace

SearchController::SearchController(std::shared_ptr<AccountSession> session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(std::move(session))
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    connect(&m_typing, &QTimer::timeout, this, &SearchController::searchNow);
}

int SearchController::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SearchController::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        return std::visit(Spoken {}, m_rows[index.row()]);
    }
    return {};
}

Qt::ItemFlags SearchController::flags(const QModelIndex &index) const
{
    const bool isHeading = index.isValid() && std::holds_alternative<SearchHeading>(m_rows[index.row()]);
    return isHeading ? Qt::NoItemFlags : QAbstractListModel::flags(index);
}

void SearchController::setQuery(const QString &query)
{
    const QString trimmed = query.trimmed();
    if (trimmed == m_query) {
        return;
    }
    m_query = trimmed;
    m_cancel = client::CancelSource();
    m_typing.stop();
    if (m_query.isEmpty()) {
        clear();
        setState(State::Idle);
        return;
    }
    m_typing.start();
    setState(State::Searching);
}

void SearchController::searchNow()
{
    m_typing.stop();
    if (!m_query.isEmpty()) {
        search();
    }
}

QCoro::Task<> SearchController::search()
{
    const QPointer<SearchController> self(this);
    m_cancel = client::CancelSource();
    setState(State::Searching);
    const QString asked = m_query;
    const Result<model::Search> found = co_await m_session->client().search().find(asked, client::SearchFor::Everything,
                                                                                   kMostOfAKind, m_cancel.token());
    // Closed meanwhile, or something else is looked for by now.
    if (!self || asked != m_query || m_typing.isActive()) {
        co_return;
    }
    if (found) {
        show(*found);
        setState(State::Found);
    } else if (found.error().fault != Fault::Cancelled) {
        clear();
        setState(State::Failed, messageOf(found.error()));
    }
}

void SearchController::show(const model::Search &found)
{
    beginResetModel();
    m_rows.clear();
    if (!found.accounts.isEmpty()) {
        m_rows.append(SearchHeading { QStringLiteral("People") });
    }
    for (const model::Account &account : found.accounts) {
        m_rows.append(FoundAccount { m_maker.authorOf(account), plainText(account.note).simplified() });
    }
    if (!found.hashtags.isEmpty()) {
        m_rows.append(SearchHeading { QStringLiteral("Hashtags") });
    }
    for (const model::Tag &tag : found.hashtags) {
        m_rows.append(hashtagOf(tag));
    }
    if (!found.statuses.isEmpty()) {
        m_rows.append(SearchHeading { QStringLiteral("Posts") });
    }
    for (const model::Status &status : found.statuses) {
        m_rows.append(m_maker.rowOf(status));
    }
    endResetModel();
}

void SearchController::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void SearchController::setState(State state, const QString &message)
{
    m_state = state;
    m_message = message;
    Q_EMIT changed();
}

} // namespace graminsta
