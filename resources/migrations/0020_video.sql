-- SPDX-License-Identifier: GPL-3.0-or-later
-- Videos beside photos.

ALTER TABLE media ADD COLUMN kind smallint NOT NULL DEFAULT 0; -- entities::MediaKind
ALTER TABLE media ADD COLUMN duration bigint NOT NULL DEFAULT 0; -- of a video, in milliseconds
ALTER TABLE media ADD COLUMN frames_num integer NOT NULL DEFAULT 0; -- frames in frames_den seconds
ALTER TABLE media ADD COLUMN frames_den integer NOT NULL DEFAULT 1;
