INSERT INTO notes (id, price, weight) VALUES (1, 1.25, 1234), (2, -0.5, -700);
