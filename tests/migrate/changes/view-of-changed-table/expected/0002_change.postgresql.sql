-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- Views of what changes
DROP VIEW long_notes;

ALTER TABLE notes ALTER COLUMN size TYPE bigint USING CAST(size AS bigint);
ALTER TABLE notes ADD COLUMN width bigint NOT NULL DEFAULT 0;

ALTER TABLE notes ADD CONSTRAINT notes_size CHECK (size >= 0) NOT VALID;

CREATE VIEW long_notes AS
SELECT id, title FROM notes WHERE size > 10;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_size;
