-- SPDX-License-Identifier: GPL-3.0-or-later
-- Archives of accounts: those that were asked for, those that are taken in, and what has come from which.

CREATE TABLE account_exports (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state smallint NOT NULL, -- 0 working, 1 done, 2 failed
    archive_key text NOT NULL, -- in the private area of the store; empty: none
    bytes bigint NOT NULL,
    statuses bigint NOT NULL,
    media bigint NOT NULL,
    error text NOT NULL,
    created_at bigint NOT NULL,
    finished_at bigint,
    expires_at bigint -- NULL: not done
);
CREATE INDEX account_exports_of_account ON account_exports (account_id{and-id});
CREATE INDEX account_exports_by_end ON account_exports (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE account_imports (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state smallint NOT NULL, -- 0 working, 1 done, 2 failed
    dry_run smallint NOT NULL,
    archive_key text NOT NULL, -- in the private area of the store; empty: none
    verified smallint NOT NULL,
    part smallint NOT NULL, -- of the archive: what is next
    position bigint NOT NULL,
    last_status_id bigint, -- the newest that it has made, also when that is gone
    counts text NOT NULL, -- a line each part: imported skipped failed
    error text NOT NULL,
    created_at bigint NOT NULL,
    finished_at bigint
);
CREATE INDEX account_imports_of_account ON account_imports (account_id{and-id});

CREATE TABLE import_problems (
    import_id bigint NOT NULL REFERENCES account_imports (id) ON DELETE CASCADE,
    number integer NOT NULL,
    entry text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- So that no archived status comes twice, however often and from however many archives it is taken in.
CREATE TABLE imported_statuses (
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    origin {key} NOT NULL, -- the account that the archive is of
    archived_id bigint NOT NULL,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE, -- one that was deleted may come again
    PRIMARY KEY (account_id, origin, archived_id)
);
CREATE INDEX imported_statuses_of_status ON imported_statuses (status_id);
