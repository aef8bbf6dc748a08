-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which files of the store are in use, and by how many; and which media anybody may fetch.

CREATE TABLE blobs (
    area smallint NOT NULL, -- 0 public, 1 private, 2 restricted (ports/mediastore.h)
    name {key} NOT NULL,
    refs bigint NOT NULL, -- media and profiles that name it
    epoch bigint NOT NULL, -- another one if it was forgotten and made anew
    keep_until bigint NOT NULL, -- somebody is bringing it; 0: nobody
    removing_at bigint NOT NULL, -- somebody is removing it since; 0: nobody
    PRIMARY KEY (area, name)
);
CREATE INDEX blobs_unused ON blobs (keep_until) WHERE refs <= 0;

-- Where the search for files without a row has come to. One row.
CREATE TABLE blob_sweep (
    id smallint PRIMARY KEY,
    area smallint NOT NULL,
    name {key} NOT NULL
);

-- 1: its pictures are in the public area.
ALTER TABLE media ADD COLUMN published smallint NOT NULL DEFAULT 0;
-- Since when it belongs to no post, as the sweeper has seen it; 0: it has not looked yet.
ALTER TABLE media ADD COLUMN loose_at bigint NOT NULL DEFAULT 0;
-- 0: its files are not in blobs yet; a job sees to those that were here before.
ALTER TABLE media ADD COLUMN counted smallint NOT NULL DEFAULT 0;
CREATE INDEX media_loose ON media (loose_at, id) WHERE status_id IS NULL AND scheduled_status_id IS NULL;
CREATE INDEX media_uncounted ON media (id) WHERE counted = 0;

-- What is public already stays so.
UPDATE media SET published = 1 WHERE state = 1 AND EXISTS (
    SELECT 1 FROM statuses s JOIN accounts a ON a.id = s.account_id
    WHERE s.id = media.status_id AND s.visibility IN (0, 1) AND (a.restrictions & 7) = 0);
INSERT INTO blobs (area, name, refs, epoch, keep_until, removing_at)
    SELECT 0, k.name, count(*), 0, 0, 0 FROM (
        SELECT avatar_key AS name FROM accounts UNION ALL SELECT header_key FROM accounts
    ) k WHERE k.name <> '' GROUP BY k.name;
