-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- Views of what changes
DROP VIEW good_notes;

ALTER TABLE notes RENAME TO papers;

-- papers: a new table, because SQLite cannot change this one in place
-- armature: assert papers.mood: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM papers WHERE mood IN ('FAIR'));
-- armature: assert papers.other: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM papers WHERE other IN ('FAIR'));
-- armature: assert papers has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'papers' COLLATE NOCASE);
CREATE TABLE armature_new_papers (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    mood TEXT NOT NULL DEFAULT 'POOR',
    other TEXT NOT NULL DEFAULT 'POOR',
    is_good INTEGER NOT NULL GENERATED ALWAYS AS (mood = 'GOOD') STORED,
    CONSTRAINT moods_differ CHECK (mood <> other)
);
INSERT INTO armature_new_papers (id, title, mood, other)
    SELECT id, title, CASE mood WHEN 'BAD' THEN 'POOR' ELSE mood END, coalesce(CASE other WHEN 'BAD' THEN 'POOR' ELSE other END, 'POOR') FROM papers;
-- armature: assert papers: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_papers) = (SELECT count(*) FROM papers);
DROP TABLE papers;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_papers RENAME TO papers;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX notes_good ON papers (title) WHERE mood = 'GOOD';

CREATE VIEW good_notes AS
SELECT id FROM papers WHERE mood = 'GOOD';
