
SET LOCAL lock_timeout = '5s';

DROP INDEX books_author;
ALTER TABLE books DROP CONSTRAINT books_isbn;
DROP INDEX books_new;
DROP INDEX books_place;
DROP INDEX books_state;
DROP INDEX books_swapped;
DROP INDEX books_title;
DROP INDEX books_year;
ALTER TABLE books DROP CONSTRAINT books_author_check;
ALTER TABLE books DROP CONSTRAINT books_price_check;

ALTER TABLE books ADD CONSTRAINT books_price_check CHECK (price BETWEEN 1 AND 100) NOT VALID;
ALTER TABLE books ADD CONSTRAINT books_stock_check CHECK (stock >= 0) NOT VALID;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_title ON books ((lower(title)));

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_year ON books (year DESC, title);

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_new ON books (title) WHERE state = 'new';

-- armature: outside-transaction
CREATE UNIQUE INDEX CONCURRENTLY books_author ON books (author);

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_state ON books (state);

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_place ON books (stock);

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_unique_1 ON books (stock, state);

-- armature: outside-transaction
CREATE UNIQUE INDEX CONCURRENTLY books_first ON books (stock, price);

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_second ON books (stock, price) WHERE price > 2;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY books_swapped ON books (year, price);

-- armature: outside-transaction
CREATE UNIQUE INDEX CONCURRENTLY books_other ON books (price, year);

-- armature: outside-transaction
CREATE UNIQUE INDEX CONCURRENTLY books_isbn ON books (isbn);

-- armature: outside-transaction
ALTER TABLE books VALIDATE CONSTRAINT books_price_check;

-- armature: outside-transaction
ALTER TABLE books VALIDATE CONSTRAINT books_stock_check;
