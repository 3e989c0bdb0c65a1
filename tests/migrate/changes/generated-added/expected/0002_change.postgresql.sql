-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes ADD COLUMN twice bigint NOT NULL GENERATED ALWAYS AS (size * 2) STORED;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_twice ON notes (twice);
