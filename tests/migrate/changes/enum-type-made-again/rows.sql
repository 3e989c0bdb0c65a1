INSERT INTO notes (id, title, mood, other, former) VALUES (1, 'first', 'GOOD', 'BAD', 'FAIR'), (2, 'second', 'GOOD', NULL, 'BAD');
