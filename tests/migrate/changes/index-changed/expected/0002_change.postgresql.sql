-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

DROP INDEX notes_by_size;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_by_size ON notes (size DESC, (lower(title))) WHERE size > 0;
