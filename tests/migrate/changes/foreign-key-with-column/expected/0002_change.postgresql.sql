-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes ADD COLUMN user_id bigint;

ALTER TABLE notes ADD CONSTRAINT notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_user_id ON notes (user_id);

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_user_id_fkey;
