-- SPDX-License-Identifier: GPL-3.0-or-later
-- Blocks, mutes, notes, markers, followed hashtags and reports.

CREATE TABLE blocks (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who blocks
    target_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    UNIQUE (account_id, target_id),
    CHECK (account_id <> target_id)
);
CREATE INDEX blocks_of_account ON blocks (account_id, id, target_id);
CREATE INDEX blocks_of_target ON blocks (target_id, account_id);

CREATE TABLE mutes (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who mutes
    target_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hide_notifications smallint NOT NULL,
    ends_at bigint, -- NULL: when it is taken back
    created_at bigint NOT NULL,
    UNIQUE (account_id, target_id),
    CHECK (account_id <> target_id)
);
CREATE INDEX mutes_of_account ON mutes (account_id, id, target_id);
CREATE INDEX mutes_of_target ON mutes (target_id);

CREATE TABLE account_notes (
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- whose note, seen by nobody else
    target_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    note text NOT NULL,
    PRIMARY KEY (account_id, target_id)
);
CREATE INDEX account_notes_of_target ON account_notes (target_id);

CREATE TABLE markers (
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    timeline smallint NOT NULL, -- 0 home, 1 notifications
    last_read_id bigint NOT NULL,
    version bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (account_id, timeline)
);

CREATE TABLE tag_follows (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tag {key} NOT NULL,
    created_at bigint NOT NULL,
    UNIQUE (account_id, tag)
);
CREATE INDEX tag_follows_of_account ON tag_follows (account_id{and-id});

CREATE TABLE reports (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who reports
    target_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    category smallint NOT NULL, -- 0 other, 1 spam, 2 legal, 3 violation
    comment text NOT NULL,
    statuses text NOT NULL, -- JSON: [id, ...] as texts, or empty; what has been deleted since stays named
    rules text NOT NULL, -- JSON: [id, ...], or empty
    created_at bigint NOT NULL,
    action_taken_at bigint -- NULL: open
);
CREATE INDEX reports_open ON reports (id) WHERE action_taken_at IS NULL;
CREATE INDEX reports_of_account ON reports (account_id);
CREATE INDEX reports_of_target ON reports (target_id);
