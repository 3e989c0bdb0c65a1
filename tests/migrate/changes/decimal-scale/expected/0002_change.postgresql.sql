-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes ALTER COLUMN price TYPE numeric(12, 4) USING CAST(price AS numeric(12, 4));
