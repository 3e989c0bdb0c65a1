-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes ADD COLUMN low integer NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN high integer NOT NULL DEFAULT 1;

ALTER TABLE notes ADD CONSTRAINT notes_high_check CHECK (high > 0) NOT VALID;
ALTER TABLE notes ADD CONSTRAINT notes_range CHECK (low < high) NOT VALID;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_high_check;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_range;
