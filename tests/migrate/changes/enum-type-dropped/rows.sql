INSERT INTO notes (id, title, mood) VALUES (1, 'first', 'GOOD'), (2, 'second', 'BAD');
