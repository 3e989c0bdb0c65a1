-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    street TEXT,
    town TEXT
);
CREATE UNIQUE INDEX addresses_user_id ON addresses (user_id);

-- users
INSERT INTO addresses (user_id, street, town)
    SELECT id, street, town FROM users WHERE street IS NOT NULL OR town IS NOT NULL;
ALTER TABLE users DROP COLUMN street;
ALTER TABLE users DROP COLUMN town;
