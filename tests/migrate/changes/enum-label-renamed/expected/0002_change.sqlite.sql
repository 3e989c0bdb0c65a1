-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

-- notes
UPDATE notes SET mood = CASE mood WHEN 'BAD' THEN 'POOR' ELSE mood END WHERE mood IN ('BAD');
UPDATE notes SET other = CASE other WHEN 'BAD' THEN 'POOR' ELSE other END WHERE other IN ('BAD');
