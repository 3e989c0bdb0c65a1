-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

DROP INDEX notes_user_id;
ALTER TABLE users RENAME TO persons;
ALTER TABLE notes RENAME COLUMN user_id TO person_id;

-- notes
CREATE INDEX notes_person_id ON notes (person_id);
