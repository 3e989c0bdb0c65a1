-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE users RENAME TO persons;
ALTER TABLE persons RENAME CONSTRAINT users_pkey TO persons_pkey;
ALTER TABLE notes RENAME COLUMN user_id TO person_id;
ALTER TABLE notes RENAME CONSTRAINT notes_user_id_fkey TO notes_person_id_fkey;
ALTER INDEX notes_user_id RENAME TO notes_person_id;
