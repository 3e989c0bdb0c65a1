-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- Views of what changes
DROP VIEW note_codes;

ALTER TABLE notes ALTER COLUMN title TYPE text COLLATE "C" USING title;
ALTER TABLE notes ALTER COLUMN code TYPE text USING code;
ALTER TABLE notes ALTER COLUMN number TYPE text COLLATE "C" USING CAST(number AS text);

CREATE VIEW note_codes AS
SELECT code FROM notes;
