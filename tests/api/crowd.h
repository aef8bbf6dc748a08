// SPDX-License-Identifier: GPL-3.0-or-later
// A person whom more people follow, like, reblog, mention and ask than fit on a page: for tests of whole lists. Each
// list is kept here in the order in which the API must give it. Not thread-safe.
#pragma once

#include "world.h"

#include <vector>

namespace graminsta::api_test
{

struct Crowd {
    static constexpr int kFans = 42; // more than the longest page of posts
    static constexpr int kSpares = 9; // who have done nothing yet

    Person author; // follows all fans, without their reblogs; likes and bookmarks a post of each
    Person locked; // whom all fans have asked to follow; reblogs a post of each
    Person recluse; // who blocks and mutes all fans
    std::vector<Person> fans; // follow the author, like, reblog and comment on the star
    std::vector<Person> spares;
    QString tag; // on the author's and the fans' posts, but not on the star
    QString star; // the author's first post

    // Newest first, each.
    QStringList home; // the author's
    QStringList tagged;
    QStringList top; // what is no comment
    QStringList own; // the author's posts
    QStringList marked; // posts that the author likes, and those that are bookmarked
    QStringList fanIds;
    QStringList tags; // that the author follows, by name
};

// The program's own, made when it is first asked for. Tests that add to it keep its
// lists up to date.
[[nodiscard]] Crowd &crowdOf(World &world);

// Somebody posts, and the lists know.
QString postAsFan(World &world, Crowd &crowd, const Person &fan, const QString &text, const QJsonObject &more = {});
QString postAsAuthor(World &world, Crowd &crowd);

} // namespace graminsta::api_test
