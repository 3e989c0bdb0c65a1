-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

DROP INDEX projects_code;
ALTER TABLE projects DROP CONSTRAINT projects_pkey;

ALTER TABLE projects ALTER COLUMN id SET NOT NULL;
ALTER TABLE projects ALTER COLUMN id DROP IDENTITY IF EXISTS;
ALTER TABLE projects ADD PRIMARY KEY (tenant_id, id);

-- armature: outside-transaction
CREATE UNIQUE INDEX CONCURRENTLY projects_tenant_id_code ON projects (tenant_id, code);
