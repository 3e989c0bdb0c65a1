-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- armature: assert notes.code: some values change if they become bigint: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(code AS bigint) AS text) IS DISTINCT FROM code);
ALTER TABLE notes ALTER COLUMN code TYPE bigint USING CAST(code AS bigint);
