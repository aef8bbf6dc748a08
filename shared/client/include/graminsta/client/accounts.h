// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/accounts/
#pragma once

#include <graminsta/client/page.h>
#include <graminsta/client/session.h>
#include <graminsta/model/entities.h>

#include <QStringList>

#include <optional>

namespace graminsta::client
{

// What is not set stays as it is.
struct ProfileChange {
    std::optional<QString> displayName;
    std::optional<QString> note;
    std::optional<bool> locked;
    std::optional<bool> discoverable;
    QString avatarPath; // a file; empty: no change
    QString headerPath;
};

enum class AccountStatuses { All, OnlyMedia };

class Accounts
{
public:
    explicit Accounts(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    [[nodiscard]] QCoro::Task<Result<model::Account>> verifyCredentials(CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Account>> update(ProfileChange change, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Account>> show(QString id, CancelToken cancel = {}) const;
    // By "name" or "name@host". Where the server has no such call (Pixelfed) the search is asked.
    [[nodiscard]] QCoro::Task<Result<model::Account>> lookup(QString acct, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<Page<model::Status>>> statuses(QString id, PageRequest page = {},
                                                                    AccountStatuses which = AccountStatuses::All,
                                                                    CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<Page<model::Account>>> followers(QString id, PageRequest page = {},
                                                                      CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<Page<model::Account>>> following(QString id, PageRequest page = {},
                                                                      CancelToken cancel = {}) const;
    // In the order of the ids, without those that the server does not know.
    [[nodiscard]] QCoro::Task<Result<QList<model::Relationship>>> relationships(QStringList ids,
                                                                                CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Relationship>> follow(QString id, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::Relationship>> unfollow(QString id, CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
