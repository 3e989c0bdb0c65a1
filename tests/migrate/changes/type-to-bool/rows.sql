INSERT INTO notes (id, title, state) VALUES (1, 'first', 1), (2, 'second', 0);
