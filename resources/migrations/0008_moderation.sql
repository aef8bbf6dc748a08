-- SPDX-License-Identifier: GPL-3.0-or-later
-- What moderators do: restrictions of accounts, strikes, the audit log; invitations, quotas, and how reports are handled.

-- Bits: 1 waits for approval, 2 suspended, 4 being deleted (these three hide the account), 8 silenced, 16 all media
-- sensitive, 32 cannot sign in.
ALTER TABLE accounts ADD COLUMN restrictions smallint NOT NULL DEFAULT 0;
CREATE INDEX accounts_restricted ON accounts (id) WHERE restrictions <> 0;

ALTER TABLE users ADD COLUMN sign_up_reason text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN invited_by_id bigint; -- an account, also when that is gone
ALTER TABLE users ADD COLUMN application_id bigint; -- through which the account was made
ALTER TABLE users ADD COLUMN media_bytes bigint NOT NULL DEFAULT 0; -- of all originals
UPDATE users SET media_bytes =
    coalesce((SELECT sum(m.original_bytes) FROM media m WHERE m.account_id = users.account_id), 0);

CREATE TABLE invites (
    id {id},
    code {key} NOT NULL UNIQUE,
    account_id bigint REFERENCES accounts (id) ON DELETE CASCADE, -- NULL: made on the command line
    max_uses integer NOT NULL, -- 0: any number
    uses integer NOT NULL,
    expires_at bigint, -- NULL: never
    created_at bigint NOT NULL
);
CREATE INDEX invites_of_account ON invites (account_id);

CREATE TABLE strikes (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who is told
    report_id bigint, -- the report that led to it, also when that is gone
    action smallint NOT NULL, -- 0 warning, 1 sensitive, 2 disable, 3 silence, 4 suspend, 5 delete statuses
    text text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX strikes_of_account ON strikes (account_id{and-id});

-- Rows are added and never changed. It outlives the accounts that it tells of, hence their names.
CREATE TABLE audit_log (
    id {id},
    actor_id bigint, -- NULL: the operator, on the command line
    actor text NOT NULL,
    action text NOT NULL,
    target_kind text NOT NULL, -- account, status, report, invite
    target_id bigint NOT NULL,
    target text NOT NULL,
    reason text NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE reports ADD COLUMN assigned_account_id bigint; -- the moderator who sees to it
ALTER TABLE reports ADD COLUMN action_taken_by_id bigint;
ALTER TABLE reports ADD COLUMN updated_at bigint; -- NULL: never
DROP INDEX reports_of_account;
DROP INDEX reports_of_target;
CREATE INDEX reports_of_account ON reports (account_id{and-id});
CREATE INDEX reports_of_target ON reports (target_id{and-id});
