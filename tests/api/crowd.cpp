// SPDX-License-Identifier: GPL-3.0-or-later
#include "crowd.h"

namespace graminsta::api_test
{

namespace
{

QByteArray account(const Person &person, const char *rest)
{
    return "/api/v1/accounts/" + person.id.toUtf8() + rest;
}

void act(rig::HttpClient &client, const QByteArray &target, const rig::HttpBody &body = {})
{
    GI_STATUS(client.post(target, body), 200);
}

void addFan(World &world, Crowd &crowd, int number)
{
    const Person fan = world.person();
    rig::HttpClient http = world.client(fan);
    rig::HttpClient author = world.client(crowd.author);
    rig::HttpClient locked = world.client(crowd.locked);
    rig::HttpClient recluse = world.client(crowd.recluse);
    const QByteArray star = "/api/v1/statuses/" + crowd.star.toUtf8();
    act(http, account(crowd.author, "/follow"));
    act(author, account(fan, "/follow"), rig::HttpBody::form({ { "reblogs", "false" } }));
    const QString ownTag = QStringLiteral("%1_%2").arg(crowd.tag).arg(number);
    QJsonObject more;
    if (number % 4 == 1) // the newest, too
        more.insert(QStringLiteral("media_ids"), QJsonArray { world.upload(http) });
    const QString post =
        postAsFan(world, crowd, fan, QStringLiteral("#%1 #%2 @%3").arg(crowd.tag, ownTag, crowd.author.username), more);
    postAsAuthor(world, crowd);
    act(http, star + "/favourite");
    act(http, star + "/reblog");
    (void)world.postId(http, QStringLiteral("nice"), { { QStringLiteral("in_reply_to_id"), crowd.star } });
    act(http, account(crowd.locked, "/follow"));
    act(author, "/api/v1/statuses/" + post.toUtf8() + "/favourite");
    act(author, "/api/v1/statuses/" + post.toUtf8() + "/bookmark");
    act(author, "/api/v1/tags/" + ownTag.toUtf8() + "/follow");
    act(locked, "/api/v1/statuses/" + post.toUtf8() + "/reblog");
    act(recluse, account(fan, "/block"));
    act(recluse, account(fan, "/mute"));
    crowd.marked.prepend(post);
    crowd.tags.prepend(ownTag);
    crowd.fanIds.prepend(fan.id);
    crowd.fans.push_back(fan);
}

} // namespace

QString postAsFan(World &world, Crowd &crowd, const Person &fan, const QString &text, const QJsonObject &more)
{
    rig::HttpClient http = world.client(fan);
    const QString id = world.postId(http, text, more);
    crowd.home.prepend(id);
    crowd.top.prepend(id);
    if (text.contains(crowd.tag))
        crowd.tagged.prepend(id);
    return id;
}

QString postAsAuthor(World &world, Crowd &crowd)
{
    rig::HttpClient http = world.client(crowd.author);
    const QString id = world.postId(http, QStringLiteral("mine #%1").arg(crowd.tag));
    for (QStringList *list : { &crowd.home, &crowd.top, &crowd.tagged, &crowd.own })
        list->prepend(id);
    return id;
}

Crowd &crowdOf(World &world)
{
    static Crowd crowd;
    if (!crowd.star.isEmpty())
        return crowd;
    crowd.author = world.person();
    crowd.locked = world.person();
    crowd.recluse = world.person();
    crowd.tag = world.freshName();
    rig::HttpClient locked = world.client(crowd.locked);
    (void)locked.patch("/api/v1/accounts/update_credentials", rig::HttpBody::form({ { "locked", "true" } }));
    rig::HttpClient author = world.client(crowd.author);
    // With a photo, so that any list that begins with it reads photos.
    crowd.star = world.postId(author, QStringLiteral("a star"),
                              { { QStringLiteral("media_ids"), QJsonArray { world.upload(author) } } });
    for (QStringList *list : { &crowd.home, &crowd.top, &crowd.own })
        list->prepend(crowd.star);
    for (int number = 0; number < Crowd::kFans; ++number)
        addFan(world, crowd, number);
    for (int number = 0; number < Crowd::kSpares; ++number)
        crowd.spares.push_back(world.person());
    return crowd;
}

} // namespace graminsta::api_test
