-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes ADD CONSTRAINT notes_size_check CHECK (size >= 0) NOT VALID;
ALTER TABLE notes ADD CONSTRAINT notes_has_title CHECK (length(title) > 0) NOT VALID;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_size_check;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_has_title;
