-- SPDX-License-Identifier: GPL-3.0-or-later
-- The second factor: one-time codes by time (RFC 6238), codes for when the device is lost, and sign-ins that wait for
-- one of them. Secrets are in tables of their own, which only signing in reads.

CREATE TABLE two_factor (
    account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    secret {blob} NOT NULL,
    confirmed smallint NOT NULL, -- 0: begun, and not asked for yet
    last_step bigint NOT NULL, -- of the newest code that was used: each is good once
    created_at bigint NOT NULL
);

CREATE TABLE recovery_codes (
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash {blob} NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE sign_in_steps (
    token_hash {blob} PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at bigint NOT NULL
);
CREATE INDEX sign_in_steps_of_account ON sign_in_steps (account_id);
CREATE INDEX sign_in_steps_by_end ON sign_in_steps (expires_at);
