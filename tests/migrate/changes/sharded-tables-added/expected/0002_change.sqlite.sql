-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE projects (
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- tenants
ALTER TABLE tenants ADD COLUMN plan_id INTEGER REFERENCES plans (id);
CREATE INDEX tenants_plan_id ON tenants (plan_id);
