INSERT INTO notes (id, title, code) VALUES (1, 'first', '17'), (2, 'second', NULL), (3, 'third', '-5');
