-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- reports: a new table, because SQLite cannot change this one in place
-- armature: assert reports has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'reports' COLLATE NOCASE);
CREATE TABLE armature_new_reports (
    tenant_id INTEGER NOT NULL,
    id INTEGER PRIMARY KEY,
    title TEXT
);
INSERT INTO armature_new_reports (tenant_id, id, title)
    SELECT tenant_id, id, title FROM reports;
-- armature: assert reports: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_reports) = (SELECT count(*) FROM reports);
DROP TABLE reports;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_reports RENAME TO reports;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX reports_pkey ON reports (tenant_id, id);
