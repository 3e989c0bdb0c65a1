INSERT INTO notes (id, title, price) VALUES (1, 'first', 19.99), (2, 'second', -0.50);
