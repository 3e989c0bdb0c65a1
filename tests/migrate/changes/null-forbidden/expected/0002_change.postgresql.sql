-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- armature: assert notes.body: some rows are NULL: give them a value before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE body IS NULL);
ALTER TABLE notes ADD CONSTRAINT notes_body_not_null CHECK (body IS NOT NULL) NOT VALID;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_body_not_null;

SET LOCAL lock_timeout = '5s';
ALTER TABLE notes ALTER COLUMN body SET NOT NULL;
ALTER TABLE notes DROP CONSTRAINT notes_body_not_null;
