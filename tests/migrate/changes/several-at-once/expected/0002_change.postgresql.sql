-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes RENAME COLUMN title TO subject;
ALTER TABLE notes RENAME COLUMN user_id TO author_id;
ALTER TABLE notes RENAME CONSTRAINT notes_user_id_fkey TO notes_author_id_fkey;
ALTER INDEX notes_user_id RENAME TO notes_author_id;

-- armature: assert notes.size: some values change if they become double precision: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(size AS double precision) AS bigint) IS DISTINCT FROM size);
ALTER TABLE notes ALTER COLUMN size TYPE double precision USING CAST(size AS double precision);
ALTER TABLE notes ADD COLUMN stars integer NOT NULL DEFAULT 0;

ALTER TABLE notes ADD CONSTRAINT notes_stars CHECK (stars >= 0) NOT VALID;

ALTER TABLE notes DROP COLUMN body;

-- armature: outside-transaction
CREATE UNIQUE INDEX CONCURRENTLY notes_subject ON notes (subject);

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_stars;
