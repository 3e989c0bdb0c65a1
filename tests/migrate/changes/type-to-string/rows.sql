INSERT INTO notes (id, title, code) VALUES (1, 'first', 17), (2, 'second', -5);
