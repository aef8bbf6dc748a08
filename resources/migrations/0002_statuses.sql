-- SPDX-License-Identifier: GPL-3.0-or-later
-- What people do with statuses: bookmarks, pins, edits, reblogs, threads they mute, posts without comments.

ALTER TABLE statuses ADD COLUMN edited_at bigint; -- NULL: never
ALTER TABLE statuses ADD COLUMN reblog_of_id bigint REFERENCES statuses (id) ON DELETE CASCADE; -- NULL: no reblog
ALTER TABLE statuses ADD COLUMN reblog_of_account_id bigint; -- whose status it reblogs: blocks and mutes count for both
ALTER TABLE statuses ADD COLUMN reblogs_count bigint NOT NULL DEFAULT 0;
ALTER TABLE statuses ADD COLUMN comments_disabled smallint NOT NULL DEFAULT 0;
ALTER TABLE statuses ADD COLUMN conversation_id bigint; -- what the thread began with, also when that is gone; NULL: this

WITH RECURSIVE threads(id, first_id) AS (
    SELECT c.id, p.id FROM statuses p JOIN statuses c ON c.in_reply_to_id = p.id WHERE p.in_reply_to_id IS NULL
    UNION ALL SELECT c.id, t.first_id FROM threads t JOIN statuses c ON c.in_reply_to_id = t.id)
UPDATE statuses SET conversation_id = threads.first_id FROM threads WHERE threads.id = statuses.id;

-- One reblog a person; and who has reblogged, newest first.
CREATE UNIQUE INDEX statuses_reblogged_once ON statuses (reblog_of_id, account_id) WHERE reblog_of_id IS NOT NULL;
CREATE INDEX statuses_reblogs ON statuses (reblog_of_id{and-id}) WHERE reblog_of_id IS NOT NULL;
-- The probes of home timelines for whom somebody follows without their reblogs.
CREATE INDEX statuses_own_in_home ON statuses (home_account_id{and-id})
    WHERE home_account_id IS NOT NULL AND reblog_of_id IS NULL;
-- A reblog of a public post is no public post.
DROP INDEX statuses_in_public;
CREATE INDEX statuses_in_public ON statuses (in_public, id, media_count) WHERE in_public = 1 AND reblog_of_id IS NULL;
-- With all that a home timeline asks of a follow.
DROP INDEX follows_of_follower;
CREATE INDEX follows_of_follower ON follows (follower_id, state, id, followed_id, show_reblogs);

CREATE TABLE conversation_mutes (
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id bigint NOT NULL, -- no reference: a thread goes on when its first post is deleted
    created_at bigint NOT NULL,
    PRIMARY KEY (account_id, conversation_id)
);

CREATE TABLE bookmarks (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    UNIQUE (account_id, status_id)
);
CREATE INDEX bookmarks_of_account ON bookmarks (account_id{and-id});
CREATE INDEX bookmarks_of_status ON bookmarks (status_id);

-- The list of one's own likes, newest first.
CREATE INDEX favourites_of_account ON favourites (account_id{and-id});

CREATE TABLE status_pins (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id bigint NOT NULL UNIQUE REFERENCES statuses (id) ON DELETE CASCADE,
    created_at bigint NOT NULL
);
CREATE INDEX status_pins_of_account ON status_pins (account_id{and-id});

-- Every version of a status that was ever edited, the first and the present one too.
CREATE TABLE status_edits (
    id {id},
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    text text NOT NULL,
    spoiler_text text NOT NULL,
    sensitive smallint NOT NULL,
    media text NOT NULL, -- JSON: [[media id, description], ...], or empty
    created_at bigint NOT NULL
);
CREATE INDEX status_edits_of_status ON status_edits (status_id{and-id});
