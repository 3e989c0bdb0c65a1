INSERT INTO notes (id, title) VALUES (1, 'first'), (2, 'it''s'), (3, 'third');
INSERT INTO tags (id, note_id, word) VALUES (1, 1, 'blue');
