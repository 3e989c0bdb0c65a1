INSERT INTO notes (id, mood, kind, former) VALUES (1, 'GOOD', 'PLAIN', 'RARE'), (2, 'BAD', 'ODD', 'ODD');
