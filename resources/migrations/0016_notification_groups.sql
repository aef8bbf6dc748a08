-- SPDX-License-Identifier: GPL-3.0-or-later
-- Notifications that are told of together: likes and reblogs of one status, and follows, within twelve hours.

-- When the group began, in hours since 1970. NULL: it stands alone.
ALTER TABLE notifications ADD COLUMN group_hour bigint;
-- Those that are here already, by halves of days.
UPDATE notifications SET group_hour = created_at / 43200000 * 12 WHERE type IN (1, 2, 3);
CREATE INDEX notifications_grouped
    ON notifications (account_id, type, (coalesce(status_id, 0)), group_hour{and-id}) WHERE group_hour IS NOT NULL;
