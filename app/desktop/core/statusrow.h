// SPDX-License-Identifier: GPL-3.0-or-later
// What lists show of a status: small enough to hold a hundred thousand. Values; GUI thread only (authors are shared).
#pragma once

#include <graminsta/model/entities.h>

#include <QHash>
#include <QSize>

#include <memory>

namespace graminsta
{

struct Author {
    QString id;
    QString acct;
    QString name; // never empty
    QString avatar;
    friend bool operator==(const Author &, const Author &) = default;
};

struct Photo {
    QString url;
    QString previewUrl;
    QString description;
    QString blurhash;
    QSize size; // empty if the server does not say
    QString license; // its title; empty: all rights reserved, or the server does not say
    friend bool operator==(const Photo &, const Photo &) = default;
};

struct MentionedAccount {
    QString id;
    QString username;
    QString acct;
    friend bool operator==(const MentionedAccount &, const MentionedAccount &) = default;
};

struct StatusRow {
    QString id; // of the status that is acted on: of the reblogged one where `reblogger` is set
    std::shared_ptr<const Author> author;
    std::shared_ptr<const Author> reblogger;
    QString caption; // plain text
    QList<MentionedAccount> mentions; // in the caption, and whom it answers
    QString spoilerText;
    QString url;
    QString visibility;
    QList<Photo> photos;
    Timestamp createdAt;
    qint64 favouritesCount = 0;
    qint64 repliesCount = 0;
    bool favourited = false;
    bool sensitive = false;
};

// Makes rows, and lets the rows of one account share one Author.
class StatusRows
{
public:
    [[nodiscard]] StatusRow rowOf(const model::Status &status);
    [[nodiscard]] std::shared_ptr<const Author> authorOf(const model::Account &account);

private:
    QHash<QString, std::shared_ptr<const Author>> m_authors;
};

// What a screen reader says of the status.
[[nodiscard]] QString spokenText(const StatusRow &row, Timestamp now);

} // namespace graminsta
