-- SPDX-License-Identifier: GPL-3.0-or-later
-- What people do with statuses: bookmarks, pins, edits.

ALTER TABLE statuses ADD COLUMN edited_at bigint; -- NULL: never

CREATE TABLE bookmarks (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    UNIQUE (account_id, status_id)
);
CREATE INDEX bookmarks_of_account ON bookmarks (account_id, id, status_id);
CREATE INDEX bookmarks_of_status ON bookmarks (status_id);

-- The list of one's own likes, newest first.
CREATE INDEX favourites_of_account ON favourites (account_id, id, status_id);

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
