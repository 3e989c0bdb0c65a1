-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

DROP INDEX projects_code;

-- projects: a new table, because SQLite cannot change this one in place
-- armature: assert projects has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'projects' COLLATE NOCASE);
CREATE TABLE armature_new_projects (
    tenant_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    code TEXT,
    PRIMARY KEY (tenant_id, id)
);
INSERT INTO armature_new_projects (tenant_id, id, code)
    SELECT tenant_id, id, code FROM projects;
-- armature: assert projects: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_projects) = (SELECT count(*) FROM projects);
DROP TABLE projects;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_projects RENAME TO projects;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX projects_tenant_id_code ON projects (tenant_id, code);
