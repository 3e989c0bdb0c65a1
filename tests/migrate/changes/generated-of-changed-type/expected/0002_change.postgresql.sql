-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes DROP CONSTRAINT sum_check;
ALTER TABLE notes DROP COLUMN twice;
-- armature: assert notes.size: some values change if they become integer: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(size AS integer) AS bigint) IS DISTINCT FROM size);
ALTER TABLE notes ALTER COLUMN size TYPE integer USING CAST(size AS integer);
ALTER TABLE notes ADD COLUMN twice bigint NOT NULL GENERATED ALWAYS AS (size * 2) STORED;
ALTER TABLE notes ADD CONSTRAINT notes_twice_check CHECK (twice >= 0);
ALTER TABLE notes ADD CONSTRAINT sum_check CHECK (twice + size >= 0) NOT VALID;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_twice ON notes (twice);

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_big ON notes (size) WHERE twice > 3;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_expr ON notes ((twice + 1));

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT sum_check;
