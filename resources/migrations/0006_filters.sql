-- SPDX-License-Identifier: GPL-3.0-or-later
-- What accounts do not want to see.

CREATE TABLE filters (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title text NOT NULL,
    contexts smallint NOT NULL, -- a sum: 1 home, 2 notifications, 4 public, 8 thread, 16 account
    action smallint NOT NULL, -- 0 warn, 1 hide, 2 blur
    expires_at bigint, -- NULL: never
    created_at bigint NOT NULL
);
CREATE INDEX filters_of_account ON filters (account_id{and-id});

CREATE TABLE filter_keywords (
    id {id},
    filter_id bigint NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
    keyword text NOT NULL,
    whole_word smallint NOT NULL
);
CREATE INDEX filter_keywords_of_filter ON filter_keywords (filter_id{and-id});

CREATE TABLE filter_statuses (
    id {id},
    filter_id bigint NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    UNIQUE (filter_id, status_id)
);
CREATE INDEX filter_statuses_of_status ON filter_statuses (status_id);
