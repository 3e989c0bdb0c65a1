-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- The type mood
ALTER TYPE mood RENAME VALUE 'GOOD' TO 'FINE';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'BEST' BEFORE 'FINE';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'BETTER' AFTER 'BEST';
