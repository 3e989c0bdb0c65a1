-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

-- notes
-- armature: assert notes.made: some values have more digits than the new unit: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE made % 1000000000 <> 0);
UPDATE notes SET made = made / 1000000000;
