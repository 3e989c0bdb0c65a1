-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- Views of what changes
DROP VIEW bigs;

DROP TABLE olds;

CREATE VIEW bigs AS
SELECT id FROM notes WHERE size > 3;
