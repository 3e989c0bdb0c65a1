-- totals: rename or drop the table first, because the model is a view

-- Views of what changes
DROP VIEW lists;

ALTER TABLE posts RENAME TO articles;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE VIEW lists AS
SELECT name FROM authors WHERE id > 1;
