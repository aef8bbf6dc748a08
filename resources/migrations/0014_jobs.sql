-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is still to be done: committed together with the facts that ask for it.

CREATE TABLE jobs (
    id {id},
    kind {key} NOT NULL,
    unique_key {key}, -- NULL: any number of the kind may wait
    payload {blob} NOT NULL,
    dead smallint NOT NULL, -- 1: given up, kept for a person to look at
    attempts smallint NOT NULL, -- of which the last one may be under way
    claim bigint NOT NULL, -- counts who has taken it: whoever comes back with an older number has lost it
    due_at bigint NOT NULL, -- of a claimed one: when the claim ends and others may take it
    last_error text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX jobs_due ON jobs (kind, due_at) WHERE dead = 0;
CREATE UNIQUE INDEX jobs_once ON jobs (kind, unique_key) WHERE dead = 0 AND unique_key IS NOT NULL;
CREATE INDEX jobs_dead ON jobs (id) WHERE dead = 1;

-- What has expired is looked for by its age.
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);
