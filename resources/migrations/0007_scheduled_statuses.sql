-- SPDX-License-Identifier: GPL-3.0-or-later
-- Posts for later, and the photos that are reserved for them.

CREATE TABLE scheduled_statuses (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    application_id bigint REFERENCES applications (id) ON DELETE SET NULL,
    text text NOT NULL,
    spoiler_text text NOT NULL,
    sensitive smallint, -- NULL: the account's default then
    visibility smallint, -- NULL: the account's default then
    language text NOT NULL,
    in_reply_to_id bigint, -- no reference: that it is gone must be seen when its time has come
    comments_disabled smallint NOT NULL,
    idempotency_key {key} NOT NULL, -- empty: none
    scheduled_at bigint NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX scheduled_statuses_of_account ON scheduled_statuses (account_id{and-id});
ALTER TABLE media ADD COLUMN scheduled_status_id bigint REFERENCES scheduled_statuses (id) ON DELETE SET NULL;
CREATE INDEX media_scheduled ON media (scheduled_status_id) WHERE scheduled_status_id IS NOT NULL;
