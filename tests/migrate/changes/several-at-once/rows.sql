INSERT INTO users (id, name) VALUES (1, 'ada');
INSERT INTO notes (id, title, user_id, body, size) VALUES (1, 'first', 1, 'text', 3), (2, 'second', NULL, NULL, 4);
