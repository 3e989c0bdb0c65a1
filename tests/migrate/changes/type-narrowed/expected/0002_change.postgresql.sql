-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- armature: assert notes.size: some values change if they become smallint: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(size AS smallint) AS bigint) IS DISTINCT FROM size);
ALTER TABLE notes ALTER COLUMN size TYPE smallint USING CAST(size AS smallint);
