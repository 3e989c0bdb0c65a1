INSERT INTO notes (id, title, size) VALUES (1, 'first', 5);
