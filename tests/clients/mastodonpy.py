#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mastodon.py: see session.mjs for what a script is given and what it says.

mastodonpy.py URL FIRST SECOND FRIEND TOKEN
"""
import importlib.metadata
import queue
import sys
import threading

from mastodon import Mastodon, MastodonNotFoundError, StreamListener

SCOPES = ["read", "write", "follow"]
PATIENCE = 30  # seconds
ALTS = ["A falcon on a branch", "The same falcon, gone"]


def step(name):
    print(f"step: {name}", flush=True)


def ids(entities):
    return [entity.id for entity in entities]


def refused(error, call):
    try:
        call()
    except error:
        return True
    return False


def log_in(url):
    client_id, client_secret = Mastodon.create_app("Mastodon.py test", scopes=SCOPES, api_base_url=url)
    mastodon = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=url)
    print(mastodon.auth_request_url(scopes=SCOPES), flush=True)
    mastodon.log_in(code=sys.stdin.readline().strip(), scopes=SCOPES)
    assert mastodon.instance().uri
    step("log in")
    return mastodon


def post_a_carousel(mastodon, photos):
    media = [mastodon.media_post(photo, mime_type="image/jpeg", description=alt, focus=(0.5, -0.5))
             for photo, alt in zip(photos, ALTS)]
    status = mastodon.status_post("By Mastodon.py #film", media_ids=media, sensitive=True, idempotency_key="once")
    again = mastodon.status_post("By Mastodon.py #film", media_ids=media, sensitive=True, idempotency_key="once")
    assert again.id == status.id
    assert [photo.description for photo in status.media_attachments] == ALTS, status
    assert status.sensitive and status.media_attachments[0].meta.focus.x == 0.5, status
    step("post a carousel with alt texts")
    return status


def browse(mastodon, status, friend):
    assert status.id in ids(mastodon.timeline_home())
    step("home")
    assert status.id in ids(mastodon.timeline_public(only_media=True))
    step("public")
    assert status.id in ids(mastodon.timeline_hashtag("film", only_media=True))
    step("tag")
    assert mastodon.account(friend).locked
    post = mastodon.account_statuses(friend)[0]
    step("account")
    return post


def follow(mastodon, friends, friend, me):
    assert mastodon.account_follow(friend).requested
    step("ask to follow a locked account")
    assert ids(friends.follow_requests()) == [me.id]
    assert friends.follow_request_authorize(me).followed_by
    relationship = mastodon.account_relationships([friend.id])[0]
    assert relationship.following and not relationship.requested, relationship
    assert ids(mastodon.account_followers(friend)) == [me.id]
    step("accept a follower")


class Listener(StreamListener):
    def __init__(self):
        self.updates = queue.Queue()
        self.notifications = queue.Queue()
        self.heard = threading.Event()

    def handle_heartbeat(self):
        self.heard.set()

    def on_update(self, status):
        self.updates.put(status)

    def on_notification(self, notification):
        self.notifications.put(notification)


def stream(mastodon, friends, status):
    assert mastodon.stream_healthy()
    listener = Listener()
    begun = mastodon.stream_user(listener, run_async=True)
    # It connects in a thread of its own; the server's first line says that it listens.
    assert listener.heard.wait(PATIENCE)
    live = friends.status_post("live")
    assert listener.updates.get(timeout=PATIENCE).id == live.id
    friends.status_favourite(status)
    told = listener.notifications.get(timeout=PATIENCE)
    assert told.type == "favourite" and told.status.id == status.id, told
    begun.close()
    step("stream")


def talk(mastodon, friends, post, me, friend):
    assert mastodon.status_favourite(post).favourited
    assert ids(mastodon.status_favourited_by(post)) == [me.id]
    assert ids(mastodon.favourites()) == [post.id]
    step("like")
    reply = mastodon.status_reply(post, "nice")
    assert friend.username in reply.content, reply
    assert ids(mastodon.status_context(post).descendants) == [reply.id]
    step("comment")
    told = [one.type for one in friends.notifications()]
    assert "favourite" in told and "mention" in told, told
    friends.notifications_dismiss(friends.notifications()[0])
    friends.notifications_clear()
    assert friends.notifications() == []
    step("notifications")
    assert mastodon.bookmarks() == [] and mastodon.status_bookmark(post).bookmarked
    assert ids(mastodon.bookmarks()) == [post.id]
    assert mastodon.status_reblog(post).reblog.id == post.id
    assert ids(mastodon.status_reblogged_by(post)) == [me.id]
    assert not mastodon.status_unreblog(post).reblogged
    assert mastodon.status_mute(post).muted and not mastodon.status_unmute(post).muted


def edit(mastodon, status, me):
    assert mastodon.status_pin(status).pinned
    assert ids(mastodon.account_statuses(me, pinned=True)) == [status.id]
    edited = mastodon.status_update(status, status="Edited #film", spoiler_text="film")
    assert edited.edited_at and ids(edited.media_attachments) == ids(status.media_attachments), edited
    assert mastodon.status_source(status).text == "Edited #film"
    assert len(mastodon.status_history(status)) == 2
    step("edit")


def mute_and_report(mastodon, other, post):
    assert mastodon.account_note_set(other, "met in Lisbon").note == "met in Lisbon"
    muted = mastodon.account_mute(other, notifications=False, duration=3600)
    assert muted.muting and not muted.muting_notifications, muted
    assert ids(mastodon.mutes()) == [other.id]
    assert post.id not in ids(mastodon.timeline_home())
    assert not mastodon.account_unmute(other).muting
    assert post.id in ids(mastodon.timeline_home())
    report = mastodon.report(other, [post], comment="only a test", category="spam")
    assert report.target_account.id == other.id and report.status_ids == [str(post.id)], report


def read_on(mastodon, status, me):
    assert mastodon.markers_get(timeline=["home"]) == {}
    assert mastodon.markers_set(["home"], [status]).home.last_read_id == status.id
    assert mastodon.markers_get(timeline=["home"]).home.last_read_id == status.id
    assert mastodon.preferences()["posting:default:visibility"] == "public"
    for nothing in (mastodon.custom_emojis, mastodon.lists, mastodon.announcements, mastodon.conversations,
                    mastodon.filters, mastodon.scheduled_statuses, mastodon.domain_blocks, mastodon.endorsements,
                    mastodon.trending_links):
        assert nothing() == [], nothing
    mastodon.suggestions()
    assert "film" in [tag.name for tag in mastodon.trending_tags()]
    mastodon.trending_statuses()
    for number in range(5):
        mastodon.status_post(f"page {number}")
    everything = mastodon.fetch_remaining(mastodon.account_statuses(me, limit=2))
    assert len(everything) == len(set(ids(everything))) == 7, len(everything)
    assert mastodon.account_update_credentials(display_name="Jo", note="films").display_name == "Jo"


def block(mastodon, other):
    assert mastodon.account_block(other).blocking
    assert ids(mastodon.blocks()) == [other.id]
    assert mastodon.account_statuses(other) == []
    assert not mastodon.account_unblock(other).blocking
    step("block")


def main(url, first, second, friend_name, friend_token):
    print("version:", importlib.metadata.version("Mastodon.py"))
    mastodon = log_in(url)
    friends = Mastodon(access_token=friend_token, api_base_url=url)
    me = mastodon.account_verify_credentials()
    status = post_a_carousel(mastodon, [first, second])
    friend = mastodon.search_v2("@" + friend_name, result_type="accounts").accounts[0]
    assert friend.acct == friend_name
    step("search")
    post = browse(mastodon, status, friend)
    follow(mastodon, friends, friend, me)
    stream(mastodon, friends, status)
    talk(mastodon, friends, post, me, friend)
    edit(mastodon, status, me)
    mute_and_report(mastodon, friend, post)
    read_on(mastodon, status, me)
    assert mastodon.status(status).id == status.id
    mastodon.status_delete(status)
    assert refused(MastodonNotFoundError, lambda: mastodon.status(status))
    step("delete")
    block(mastodon, friend)
    mastodon.revoke_access_token()
    step("revoke the token")
    print("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
