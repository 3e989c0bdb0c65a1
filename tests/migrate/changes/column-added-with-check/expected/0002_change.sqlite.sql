-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

-- notes
ALTER TABLE notes ADD COLUMN low INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN high INTEGER NOT NULL DEFAULT 1 CONSTRAINT notes_high_check CHECK (high > 0) CONSTRAINT notes_range CHECK (low < high);
