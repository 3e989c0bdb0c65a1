-- Migration 1, initial, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL
);
