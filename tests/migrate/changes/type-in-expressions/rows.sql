INSERT INTO notes (id, title, size) VALUES (1, 'first', 15), (2, 'second', 5);
