// SPDX-License-Identifier: GPL-3.0-or-later
// What lists show of a status: small enough to hold a hundred thousand. Values; GUI thread only (authors are shared).
#pragma once

#include <graminsta/model/entities.h>

#include <QHash>
#include <QSize>

#include <chrono>
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
    QSize previewSize; // as above
    QString videoUrl; // of a video, for which `url` and `previewUrl` are the picture that stands for it; else empty
    std::chrono::milliseconds duration { 0 }; // of a video; 0 if the server does not say
    QString license; // its title; empty: all rights reserved, or the server does not say
    friend bool operator==(const Photo &, const Photo &) = default;
};

// The smaller of the photo's two pictures that looks right at so many pixels of the screen.
[[nodiscard]] QString pictureUrl(const Photo &photo, QSize devicePixels);

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
