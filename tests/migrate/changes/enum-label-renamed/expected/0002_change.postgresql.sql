-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- The type mood
ALTER TYPE mood RENAME VALUE 'BAD' TO 'POOR';

UPDATE notes SET other = CASE other WHEN 'BAD' THEN 'POOR' ELSE other END WHERE other IN ('BAD');
