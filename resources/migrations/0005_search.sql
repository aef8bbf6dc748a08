-- SPDX-License-Identifier: GPL-3.0-or-later
-- The words of posts: what a search by words reads. docs/adr/0009-search-by-words-in-a-plain-table.md says why a table.

CREATE TABLE search_words (
    word {key} NOT NULL, -- folded: server/sql/src/searchwords.h
    status_id bigint NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    PRIMARY KEY (word, status_id)
) {by-key};
CREATE INDEX search_words_of_status ON search_words (status_id);

-- Posts with smaller ids than `below` came before their words were kept, and wait for them; 0: none.
CREATE TABLE search_backlog (
    id smallint PRIMARY KEY,
    below bigint NOT NULL
);
INSERT INTO search_backlog (id, below) SELECT 1, coalesce(max(id) + 1, 0) FROM statuses;
