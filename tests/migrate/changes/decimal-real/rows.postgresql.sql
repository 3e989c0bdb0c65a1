INSERT INTO notes (id, price, weight) VALUES (1, 1.25, 12.34), (2, -0.5, -7);
