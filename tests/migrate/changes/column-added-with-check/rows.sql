INSERT INTO notes (id, title) VALUES (1, 'first'), (2, 'it''s'), (3, 'third');
