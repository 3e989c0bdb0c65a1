-- Unusual SQL: parts of a replaced table that another one has, and tables that are not replaced.
CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL, twice INTEGER
    GENERATED ALWAYS AS (size * 2), note TEXT);
INSERT INTO tags VALUES (1, 'first', 7, NULL);
INSERT INTO tags (id, word) SELECT id, title FROM posts;
ALTER TABLE tags RENAME COLUMN note TO remark;
UPDATE OR IGNORE posts SET cents = cents * 2;
CREATE TABLE IF NOT EXISTS [posts new] (`id` INTEGER PRIMARY KEY, title TEXT NOT NULL, /* was NULL */ note TEXT NOT NULL, size);
INSERT INTO [posts new] VALUES (1, 'a', 'b', 2);
INSERT INTO [posts new] SELECT id, title, note, price FROM posts;
ALTER TABLE [posts new] RENAME TO posts;
CREATE TABLE;
INSERT INTO;
ALTER TABLE;
