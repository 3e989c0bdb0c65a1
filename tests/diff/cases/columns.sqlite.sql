CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    subtitle TEXT NOT NULL DEFAULT '',
    caption TEXT NOT NULL CHECK (caption <> '' AND "caption" <> 'caption'),
    price TEXT NOT NULL,
    rank INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'new',
    views INTEGER NOT NULL,
    is_public INTEGER DEFAULT 1,
    weight REAL NOT NULL DEFAULT 0.5,
    lower_title TEXT GENERATED ALWAYS AS (lower(state)) STORED,
    plain_title TEXT GENERATED ALWAYS AS (state) STORED,
    language TEXT NOT NULL COLLATE NOCASE,
    created_at INTEGER NOT NULL,
    wide INTEGER NOT NULL,
    code VARCHAR(5) NOT NULL,
    motto INTEGER NOT NULL,
    legacy TEXT COLLATE NOCASE UNIQUE,
    noted TEXT NOT NULL DEFAULT '',
    sum INTEGER NOT NULL GENERATED ALWAYS AS (rank + 1) STORED,
    owner INTEGER NOT NULL
);
CREATE TABLE "Readers" (
    "Id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    [name] VARCHAR(40) NOT NULL,
    `visits` INT NOT NULL DEFAULT (-1),
    score DOUBLE PRECISION NOT NULL DEFAULT (1.5),
    note CLOB DEFAULT NULL COLLATE BINARY,
    active BOOLEAN NOT NULL DEFAULT 1,
    seen DATETIME NOT NULL,
    "binary" TEXT NOT NULL
);
CREATE TABLE logs (line TEXT, size INTEGER NOT NULL);
CREATE INDEX posts_caption ON posts (caption);
