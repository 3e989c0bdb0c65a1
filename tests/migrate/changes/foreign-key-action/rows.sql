INSERT INTO users (id, name) VALUES (1, 'ada');
INSERT INTO notes (id, title, user_id) VALUES (1, 'first', 1), (2, 'second', NULL);
