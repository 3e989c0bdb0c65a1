INSERT INTO notes (id, title, made) VALUES (1, 'first', 1700000000000000000);
