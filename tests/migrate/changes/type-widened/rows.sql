INSERT INTO notes (id, title, size, weight) VALUES (1, 'first', 2147483647, 0.5), (2, 'second', -5, 1.25);
