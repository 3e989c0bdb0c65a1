INSERT INTO notes (id, title, price) VALUES (1, 'first', 1999), (2, 'second', -50);
