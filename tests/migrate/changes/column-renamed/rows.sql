INSERT INTO notes (id, title, size) VALUES (1, 'first', 10), (2, 'second', 0);
