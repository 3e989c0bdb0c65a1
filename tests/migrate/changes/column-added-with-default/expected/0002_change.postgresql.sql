-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes ADD COLUMN stars integer NOT NULL DEFAULT 3;
ALTER TABLE notes ADD COLUMN is_open boolean NOT NULL DEFAULT TRUE;
