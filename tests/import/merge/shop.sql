-- The database of shop.h, which has got further tables, columns and foreign keys.
CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, phone TEXT, points INT);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
    seller_id INTEGER REFERENCES sellers,
    placed_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    note TEXT
);
CREATE INDEX orders_seller ON orders (seller_id);
CREATE TABLE sellers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE TABLE order_tags (
    order_id INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE,
    PRIMARY KEY (order_id, tag_id)
);
CREATE INDEX order_tags_tag_id ON order_tags (tag_id);
CREATE TABLE lines (order_id INTEGER NOT NULL REFERENCES orders, number INT NOT NULL, PRIMARY KEY (order_id, number));
CREATE TABLE buyer (id INTEGER PRIMARY KEY);
