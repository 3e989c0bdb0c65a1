INSERT INTO notes (id, title, mood, other) VALUES (1, 'first', 'GOOD', 'BAD'), (2, 'second', 'BAD', 'GOOD');
