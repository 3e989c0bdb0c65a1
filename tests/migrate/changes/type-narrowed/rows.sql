INSERT INTO notes (id, title, size) VALUES (1, 'first', 32767), (2, 'second', -5);
