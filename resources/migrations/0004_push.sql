-- SPDX-License-Identifier: GPL-3.0-or-later
-- Web Push: where clients want to be told of notifications, and what all servers of the place share for it.

CREATE TABLE push_subscriptions (
    id {id},
    token_id bigint NOT NULL UNIQUE REFERENCES access_tokens (id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    endpoint text NOT NULL,
    public_key {blob} NOT NULL,
    auth_secret {blob} NOT NULL,
    standard smallint NOT NULL, -- 1 RFC 8291, 0 the draft before it
    alerts text NOT NULL, -- JSON: [type of notification, ...], or empty
    policy smallint NOT NULL, -- 0 all, 1 followed, 2 follower, 3 none
    created_at bigint NOT NULL
);
CREATE INDEX push_subscriptions_of_account ON push_subscriptions (account_id{and-id});

CREATE TABLE shared_secrets (
    name {key} PRIMARY KEY,
    secret {blob} NOT NULL,
    created_at bigint NOT NULL
);
