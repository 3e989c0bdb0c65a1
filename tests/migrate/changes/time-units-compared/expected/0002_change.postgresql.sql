-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

-- Nothing changes on PostgreSQL.
