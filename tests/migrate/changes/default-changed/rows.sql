INSERT INTO notes (id, title, size, width) VALUES (1, 'first', 1, 1), (2, 'second', 7, 2);
