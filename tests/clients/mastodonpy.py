#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mastodon.py signs in, posts a photo, reads the timeline, likes, reblogs, bookmarks, pins, edits, follows, blocks,
mutes and reports.

mastodonpy.py URL PHOTO FRIEND   FRIEND: whom to follow; has one post. Prints the authorize address, reads the code from
standard input. Exit code 0 if everything came back as the library expects it.
"""
import sys

from mastodon import Mastodon

SCOPES = ["read", "write", "follow"]


def blocking(mastodon, other):
    assert mastodon.account_block(other).blocking
    assert [account.id for account in mastodon.blocks()] == [other.id]
    assert mastodon.account_statuses(other) == []
    assert not mastodon.account_unblock(other).blocking
    assert mastodon.follow_requests() == []


def muting(mastodon, other, post):
    assert mastodon.account_note_set(other, "met in Lisbon").note == "met in Lisbon"
    muted = mastodon.account_mute(other, notifications=False, duration=3600)
    assert muted.muting and not muted.muting_notifications, muted
    assert [account.id for account in mastodon.mutes()] == [other.id]
    assert post.id not in [entry.id for entry in mastodon.timeline_home()]
    assert not mastodon.account_unmute(other).muting
    assert post.id in [entry.id for entry in mastodon.timeline_home()]
    report = mastodon.report(other, [post], comment="only a test", category="spam")
    assert report.target_account.id == other.id and report.status_ids == [str(post.id)], report


def reading(mastodon, status):
    assert mastodon.markers_get(timeline=["home"]) == {}
    assert mastodon.markers_set(["home"], [status]).home.last_read_id == status.id
    assert mastodon.markers_get(timeline=["home"]).home.last_read_id == status.id
    assert mastodon.preferences()["posting:default:visibility"] == "public"
    for nothing in (mastodon.custom_emojis, mastodon.lists, mastodon.announcements, mastodon.conversations,
                    mastodon.filters, mastodon.scheduled_statuses, mastodon.domain_blocks, mastodon.endorsements,
                    mastodon.trending_links, mastodon.suggestions):
        assert nothing() == [], nothing
    assert "film" in [tag.name for tag in mastodon.trending_tags()]
    mastodon.trending_statuses()
    mastodon.notifications_clear()
    assert mastodon.notifications() == []


def main(url, photo, friend_name):
    client_id, client_secret = Mastodon.create_app("Mastodon.py test", scopes=SCOPES, api_base_url=url)
    mastodon = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=url)
    print(mastodon.auth_request_url(scopes=SCOPES), flush=True)
    mastodon.log_in(code=sys.stdin.readline().strip(), scopes=SCOPES)

    me = mastodon.account_verify_credentials()
    media = mastodon.media_post(photo, mime_type="image/jpeg", description="A falcon on a branch", focus=(0.5, -0.5))
    assert media.description == "A falcon on a branch", media
    status = mastodon.status_post("By Mastodon.py #film", media_ids=[media], sensitive=True, idempotency_key="once")
    again = mastodon.status_post("By Mastodon.py #film", media_ids=[media], sensitive=True, idempotency_key="once")
    assert again.id == status.id
    assert status.sensitive and status.media_attachments[0].meta.focus.x == 0.5, status
    assert status.id in [entry.id for entry in mastodon.timeline_home()]
    assert status.id in [entry.id for entry in mastodon.timeline_hashtag("film")]

    found = mastodon.search_v2("@" + friend_name, result_type="accounts").accounts[0]
    blocking(mastodon, found)
    assert mastodon.account_follow(found).following
    assert mastodon.account_relationships([found.id])[0].following
    post = mastodon.account_statuses(found)[0]
    assert mastodon.status_favourite(post).favourited
    reply = mastodon.status_reply(post, "nice")
    assert friend_name in reply.content, reply
    assert [entry.id for entry in mastodon.status_context(post).descendants] == [reply.id]

    assert mastodon.status_bookmark(post).bookmarked
    assert [entry.id for entry in mastodon.bookmarks()] == [post.id]
    assert [entry.id for entry in mastodon.favourites()] == [post.id]
    assert mastodon.status_reblog(post).reblog.id == post.id
    assert [account.id for account in mastodon.status_reblogged_by(post)] == [me.id]
    assert not mastodon.status_unreblog(post).reblogged
    assert mastodon.status_mute(post).muted and not mastodon.status_unmute(post).muted
    assert mastodon.status_pin(status).pinned
    assert [entry.id for entry in mastodon.account_statuses(me, pinned=True)] == [status.id]
    edited = mastodon.status_update(status, status="Changed by Mastodon.py #film", spoiler_text="film")
    assert edited.edited_at and [one.id for one in edited.media_attachments] == [media.id], edited
    assert mastodon.status_source(status).text == "Changed by Mastodon.py #film"
    assert len(mastodon.status_history(status)) == 2

    for number in range(5):
        mastodon.status_post(f"page {number}")
    page = mastodon.account_statuses(me, limit=2)
    everything = mastodon.fetch_remaining(page)
    assert len(everything) == len({entry.id for entry in everything}) == 7, len(everything)

    muting(mastodon, found, post)
    reading(mastodon, status)
    assert mastodon.account_update_credentials(display_name="Jo", note="films").display_name == "Jo"
    mastodon.notifications()
    assert mastodon.instance().uri
    mastodon.status_delete(status)
    mastodon.revoke_access_token()
    print("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
