-- SPDX-License-Identifier: GPL-3.0-or-later
-- Removing accounts for good: an original goes with the last who has it.

CREATE INDEX media_by_original ON media (original_key) WHERE original_key <> '';
