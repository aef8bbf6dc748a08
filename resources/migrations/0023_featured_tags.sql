-- SPDX-License-Identifier: GPL-3.0-or-later
-- Hashtags that people show on their profiles.

CREATE TABLE featured_tags (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tag {key} NOT NULL,
    created_at bigint NOT NULL,
    UNIQUE (account_id, tag)
);
