-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- armature: assert notes.state: some values change if they become boolean: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE state NOT IN (0, 1));
ALTER TABLE notes ALTER COLUMN state DROP DEFAULT;
ALTER TABLE notes ALTER COLUMN state TYPE boolean USING state <> 0;
ALTER TABLE notes ALTER COLUMN state SET DEFAULT FALSE;
