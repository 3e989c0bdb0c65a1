-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

DO $armature$ BEGIN
    IF pg_catalog.to_regnamespace('archive') IS NULL THEN
        CREATE SCHEMA archive;
    END IF;
END $armature$;

ALTER TABLE notes SET SCHEMA archive;
