-- SPDX-License-Identifier: GPL-3.0-or-later
-- Uploads in pieces (tus). How much has come is the size of the file.

CREATE TABLE uploads (
    id {id},
    account_id bigint NOT NULL, -- no reference: the rows stay until their files are swept
    kind smallint NOT NULL, -- 0: a file, 1: a part of one, 2: put together of parts
    length bigint, -- NULL: not known yet
    metadata text NOT NULL, -- as the client has sent it
    parts text NOT NULL, -- of kind 2, as the client has named them
    media_id bigint, -- what was made of it, once; no reference: it may be gone, and is made only once all the same
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX uploads_unfinished ON uploads (account_id) WHERE media_id IS NULL;
CREATE INDEX uploads_by_expiry ON uploads (expires_at);
