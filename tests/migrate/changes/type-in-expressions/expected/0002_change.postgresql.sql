-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes DROP CONSTRAINT notes_size_check;
DROP INDEX notes_large;
DROP INDEX notes_next;
ALTER TABLE notes ALTER COLUMN size TYPE double precision USING CAST(size AS double precision);
ALTER TABLE notes ADD CONSTRAINT notes_size_check CHECK (size > 0) NOT VALID;

ALTER TABLE notes ADD CONSTRAINT notes_small CHECK (size < 999) NOT VALID;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_last ON notes ((size - 1));

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_large ON notes (size) WHERE size > 10;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_next ON notes ((size + 1));

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_small;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_size_check;
