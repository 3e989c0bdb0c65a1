INSERT INTO notes (id, title, size) VALUES (1, 'first', 0), (2, 'second', 7);
