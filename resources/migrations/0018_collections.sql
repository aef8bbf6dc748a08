-- SPDX-License-Identifier: GPL-3.0-or-later
-- Licences of photos, and collections of posts.

-- entities/license.h; 1: all rights reserved.
ALTER TABLE media ADD COLUMN license smallint NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN default_license smallint NOT NULL DEFAULT 1;

CREATE TABLE collections (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title text NOT NULL,
    description text NOT NULL,
    visibility smallint NOT NULL, -- 0 public, 1 for followers, 2 draft
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    published_at bigint -- NULL: never
);
CREATE INDEX collections_of_account ON collections (account_id{and-id});

CREATE TABLE collection_items (
    collection_id bigint NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    position bigint NOT NULL, -- the lowest is shown first
    PRIMARY KEY (collection_id, status_id)
) {by-key};
CREATE INDEX collection_items_in_order ON collection_items (collection_id, position);
CREATE INDEX collection_items_of_status ON collection_items (status_id);
