-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

-- notes
-- armature: assert notes.mood: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE mood IN ('FAIR'));
