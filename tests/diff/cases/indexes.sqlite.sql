CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    isbn TEXT NOT NULL,
    title TEXT NOT NULL,
    year INTEGER NOT NULL,
    price INTEGER NOT NULL CONSTRAINT books_price_check CHECK (price BETWEEN 1 AND 10),
    stock INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'used')),
    author TEXT NOT NULL CHECK (author <> ''),
    CONSTRAINT books_printed CHECK (year > 1400),
    UNIQUE (author, year),
    UNIQUE (price, stock, year),
    UNIQUE (isbn COLLATE NOCASE)
);
CREATE INDEX books_title ON books (title);
CREATE INDEX books_year ON books (year, title);
CREATE INDEX books_new ON books (title) WHERE state = 'used';
CREATE INDEX books_author ON books (author);
CREATE INDEX books_state ON books (state COLLATE NOCASE);
CREATE INDEX books_place ON books (stock COLLATE RTRIM);
CREATE INDEX books_third ON books (stock, price) WHERE price > 3;
CREATE INDEX books_swapped ON books (price, year);
CREATE INDEX books_stock ON books (stock);
CREATE TABLE shelves (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    room INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (room, place),
    CHECK (("place" != 0 and PLACE between -5 AND 5)),
    CONSTRAINT kinds CHECK (kind IN ('wood','steel'))
);
CREATE INDEX any_name ON shelves (lower("kind"), room) WHERE (kind != 'wood');
