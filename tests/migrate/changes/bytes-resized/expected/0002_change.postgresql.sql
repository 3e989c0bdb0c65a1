-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes DROP CONSTRAINT notes_hash_check;

ALTER TABLE notes ADD CONSTRAINT notes_hash_check CHECK (pg_catalog.length(hash) OPERATOR(pg_catalog.=) 8) NOT VALID;

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_hash_check;
