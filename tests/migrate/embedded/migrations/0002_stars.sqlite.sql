-- Migration 2, stars, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

-- notes
ALTER TABLE notes ADD COLUMN stars INTEGER NOT NULL DEFAULT 3;
