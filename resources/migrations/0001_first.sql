-- SPDX-License-Identifier: GPL-3.0-or-later
-- Accounts, follows, statuses, media, notifications and sign-in. One text for SQLite and PostgreSQL: the words in braces
-- are explained in server/sql/src/dialect.h. Times are milliseconds since 1970 in UTC, yes and no are 1 and 0, names
-- that compare without regard to case are stored folded. A statement ends with a semicolon at the end of a line.

CREATE TABLE accounts (
    id {id},
    username text NOT NULL,
    username_folded {key} NOT NULL UNIQUE,
    display_name text NOT NULL,
    display_name_folded {key} NOT NULL,
    note text NOT NULL,
    avatar_key text NOT NULL,
    header_key text NOT NULL,
    fields text NOT NULL, -- JSON: [[name, value], ...], or empty
    locked smallint NOT NULL,
    bot smallint NOT NULL,
    discoverable smallint NOT NULL,
    created_at bigint NOT NULL,
    last_status_id bigint, -- newest status that home timelines show: the first probe of each of them
    followers_count bigint NOT NULL,
    following_count bigint NOT NULL,
    statuses_count bigint NOT NULL
);
CREATE INDEX accounts_by_display_name ON accounts (display_name_folded);

CREATE TABLE users (
    account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    email text NOT NULL,
    email_folded {key} UNIQUE, -- NULL where there is none
    password_hash {blob} NOT NULL,
    role smallint NOT NULL,
    locale text NOT NULL,
    default_visibility smallint NOT NULL,
    default_sensitive smallint NOT NULL,
    default_language text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX users_by_role ON users (role DESC, account_id);

CREATE TABLE follows (
    id {id},
    follower_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    followed_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state smallint NOT NULL, -- 0 accepted, 1 requested
    show_reblogs smallint NOT NULL,
    notify smallint NOT NULL,
    created_at bigint NOT NULL,
    UNIQUE (follower_id, followed_id),
    CHECK (follower_id <> followed_id)
);
-- Each answers one list alone, and the first also whom a home timeline asks.
CREATE INDEX follows_of_follower ON follows (follower_id, state, id, followed_id);
CREATE INDEX follows_of_followed ON follows (followed_id, state, id, follower_id);

CREATE TABLE applications (
    id {id},
    name text NOT NULL,
    website text NOT NULL,
    redirect_uris text NOT NULL, -- JSON: [uri, ...]
    scopes text NOT NULL,
    client_id {key} NOT NULL UNIQUE,
    client_secret_hash {blob} NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE access_grants (
    code_hash {blob} PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    redirect_uri text NOT NULL,
    scopes text NOT NULL,
    code_challenge text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX access_grants_by_end ON access_grants (expires_at);

CREATE TABLE access_tokens (
    id {id},
    token_hash {blob} NOT NULL UNIQUE,
    application_id bigint NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    account_id bigint REFERENCES accounts (id) ON DELETE CASCADE, -- NULL: the application's own
    scopes text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX access_tokens_of_account ON access_tokens (account_id);

CREATE TABLE statuses (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    text text NOT NULL,
    spoiler_text text NOT NULL,
    sensitive smallint NOT NULL,
    visibility smallint NOT NULL, -- 0 public, 1 unlisted, 2 private, 3 direct
    language text NOT NULL,
    is_comment smallint NOT NULL, -- stays 1 when the parent is deleted
    in_reply_to_id bigint REFERENCES statuses (id) ON DELETE SET NULL,
    in_reply_to_account_id bigint,
    application_id bigint REFERENCES applications (id) ON DELETE SET NULL,
    tags text NOT NULL, -- JSON: [tag, ...], or empty
    mentions text NOT NULL, -- JSON: [[account id, username], ...], or empty
    media_count smallint NOT NULL,
    favourites_count bigint NOT NULL,
    replies_count bigint NOT NULL,
    created_at bigint NOT NULL,
    -- The author of what home timelines show, else NULL. Not a flag beside account_id: a probe for it can only be answered
    -- by its own index, and never walks through the comments of somebody who only comments.
    home_account_id bigint
        GENERATED ALWAYS AS (CASE WHEN is_comment = 0 AND visibility <> 3 THEN account_id END) STORED,
    in_public smallint NOT NULL
        GENERATED ALWAYS AS (CASE WHEN is_comment = 0 AND visibility = 0 THEN 1 ELSE 0 END) STORED
);
-- The probes of home timelines end in this index and never touch the table.
CREATE INDEX statuses_in_home ON statuses (home_account_id{and-id}) WHERE home_account_id IS NOT NULL;
CREATE INDEX statuses_of_account ON statuses (account_id{and-id});
CREATE INDEX statuses_in_public ON statuses (in_public, id, media_count) WHERE in_public = 1;
CREATE INDEX statuses_in_reply_to ON statuses (in_reply_to_id{and-id}) WHERE in_reply_to_id IS NOT NULL;

CREATE TABLE status_tags (
    tag {key} NOT NULL,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, status_id)
);
CREATE INDEX status_tags_of_status ON status_tags (status_id, tag);

CREATE TABLE favourites (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    UNIQUE (account_id, status_id)
);
CREATE INDEX favourites_of_status ON favourites (status_id, id, account_id);

CREATE TABLE idempotency_keys (
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    idempotency_key {key} NOT NULL,
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    PRIMARY KEY (account_id, idempotency_key)
);
CREATE INDEX idempotency_keys_of_status ON idempotency_keys (status_id);

CREATE TABLE notifications (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type smallint NOT NULL, -- 0 mention, 1 favourite, 2 follow
    from_account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id bigint REFERENCES statuses (id) ON DELETE CASCADE,
    created_at bigint NOT NULL
);
CREATE INDEX notifications_of_account ON notifications (account_id{and-id});
CREATE INDEX notifications_by_status ON notifications (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX notifications_by_sender ON notifications (from_account_id);
-- NULLs are never equal, hence the zero.
CREATE UNIQUE INDEX notifications_once
    ON notifications (account_id, type, from_account_id, (coalesce(status_id, 0)));

CREATE TABLE media (
    id {id},
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id bigint REFERENCES statuses (id) ON DELETE SET NULL,
    position smallint NOT NULL,
    state smallint NOT NULL, -- 0 received, 1 ready, 2 failed
    failure text NOT NULL,
    description text NOT NULL,
    focus_x double precision NOT NULL,
    focus_y double precision NOT NULL,
    blurhash text NOT NULL,
    original_key text NOT NULL,
    original_mime_type text NOT NULL,
    original_bytes bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    variants text NOT NULL, -- a line each: size key type width height bytes
    created_at bigint NOT NULL
);
CREATE INDEX media_of_status ON media (status_id, position) WHERE status_id IS NOT NULL;
CREATE INDEX media_of_account ON media (account_id);

CREATE TABLE node_leases (
    node smallint PRIMARY KEY,
    holder text NOT NULL,
    lease_until bigint NOT NULL
);
