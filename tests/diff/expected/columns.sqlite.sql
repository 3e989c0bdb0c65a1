-- armature: rebuild

ALTER TABLE posts RENAME COLUMN caption TO headline;

-- posts: a new table, because SQLite cannot change this one in place
-- armature: assert posts.price: some values change if they become INTEGER: change them before
SELECT NOT EXISTS (SELECT 1 FROM posts WHERE CAST(CAST(price AS INTEGER) AS TEXT) IS NOT price);
-- armature: assert posts has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'posts' COLLATE NOCASE);
CREATE TABLE armature_new_posts (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    subtitle TEXT,
    headline TEXT NOT NULL,
    price INTEGER NOT NULL,
    rank INTEGER,
    state TEXT NOT NULL DEFAULT 'draft',
    views INTEGER NOT NULL DEFAULT 0,
    is_public INTEGER NOT NULL DEFAULT 1,
    weight REAL NOT NULL,
    lower_title TEXT GENERATED ALWAYS AS (lower(title)) STORED,
    plain_title TEXT,
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    legacy TEXT,
    owner INTEGER
);
INSERT INTO armature_new_posts (id, subtitle, headline, price, rank, state, views, is_public, weight, plain_title, language, created_at, legacy, owner)
    SELECT id, subtitle, headline, CAST(price AS INTEGER), rank, state, views, coalesce(is_public, 1), weight, plain_title, language, created_at, legacy, owner FROM posts;
-- armature: assert posts: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_posts) = (SELECT count(*) FROM posts);
DROP TABLE posts;
ALTER TABLE armature_new_posts RENAME TO posts;
