-- armature: rebuild

DROP INDEX books_title;
DROP INDEX books_year;
DROP INDEX books_new;
DROP INDEX books_author;

-- books: a new table, because SQLite cannot change this one in place
-- armature: assert books has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'books' COLLATE NOCASE);
CREATE TABLE armature_new_books (
    id INTEGER PRIMARY KEY,
    isbn TEXT NOT NULL,
    title TEXT NOT NULL,
    year INTEGER NOT NULL,
    price INTEGER NOT NULL,
    stock INTEGER NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    CONSTRAINT books_price_check CHECK (price BETWEEN 1 AND 100),
    CONSTRAINT books_stock_check CHECK (stock >= 0),
    CONSTRAINT books_state_check CHECK (state IN ('new', 'used')),
    CONSTRAINT books_printed CHECK (year > 1400)
);
INSERT INTO armature_new_books (id, isbn, title, year, price, stock, state, author)
    SELECT id, isbn, title, year, price, stock, state, author FROM books;
-- armature: assert books: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_books) = (SELECT count(*) FROM books);
DROP TABLE books;
ALTER TABLE armature_new_books RENAME TO books;
CREATE INDEX books_title ON books ((lower(title)));
CREATE INDEX books_year ON books (year DESC, title);
CREATE INDEX books_new ON books (title) WHERE state = 'new';
CREATE UNIQUE INDEX books_author ON books (author);
CREATE UNIQUE INDEX books_isbn ON books (isbn);
CREATE INDEX books_stock ON books (stock);
