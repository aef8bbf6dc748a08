// SPDX-License-Identifier: GPL-3.0-or-later
// What a search has found, as one list with headings: people, hashtags, posts. GUI thread only.
#pragma once

#include <desktop/core/accountsession.h>
#include <desktop/core/statusrow.h>

#include <graminsta/client/cancellation.h>

#include <QAbstractListModel>
#include <QCoroTask>
#include <QTimer>

#include <variant>

namespace graminsta
{

struct SearchHeading {
    QString text;
};

struct FoundAccount {
    std::shared_ptr<const Author> author;
    QString note; // plain text
};

struct FoundHashtag {
    QString name; // without '#'
    int uses = 0; // in the days that the server counts
};

using SearchRow = std::variant<SearchHeading, FoundAccount, FoundHashtag, StatusRow>;

class SearchController final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class State {
        Idle, // nothing is looked for
        Searching,
        Found,
        Failed,
    };

    explicit SearchController(std::shared_ptr<AccountSession> session, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override; // a heading cannot be chosen
    [[nodiscard]] const SearchRow &at(int row) const { return m_rows[row]; }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString &query() const { return m_query; }
    [[nodiscard]] const QString &message() const { return m_message; }

    // Looks for it once the person has stopped typing for a moment; what is under way for another query is dropped.
    void setQuery(const QString &query);
    // At once: Return, or again after a failure.
    void searchNow();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> search();
    void show(const model::Search &found);
    void clear();
    void setState(State state, const QString &message = {});

    std::shared_ptr<AccountSession> m_session;
    QList<SearchRow> m_rows;
    StatusRows m_maker;
    QString m_query;
    State m_state = State::Idle;
    QString m_message;
    QTimer m_typing;
    client::CancelSource m_cancel;
};

} // namespace graminsta
