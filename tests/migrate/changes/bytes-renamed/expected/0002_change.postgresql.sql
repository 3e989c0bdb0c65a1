-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes RENAME TO papers;
ALTER TABLE papers RENAME CONSTRAINT notes_pkey TO papers_pkey;
ALTER TABLE papers RENAME COLUMN hash TO digest;
ALTER TABLE papers RENAME CONSTRAINT notes_hash_check TO papers_digest_check;
ALTER TABLE papers RENAME CONSTRAINT notes_seal_check TO papers_seal_check;

ALTER TABLE papers ADD COLUMN salt bytea NOT NULL DEFAULT 'ab' CHECK (pg_catalog.length(salt) OPERATOR(pg_catalog.=) 2);
ALTER TABLE marks ADD COLUMN rank bigint;
