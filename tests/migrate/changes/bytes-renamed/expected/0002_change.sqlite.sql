-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

ALTER TABLE notes RENAME TO papers;
ALTER TABLE papers RENAME COLUMN hash TO digest;

-- papers
ALTER TABLE papers ADD COLUMN salt BLOB NOT NULL DEFAULT 'ab' CHECK (length(salt) = 2);

-- marks
ALTER TABLE marks ADD COLUMN rank INTEGER;
