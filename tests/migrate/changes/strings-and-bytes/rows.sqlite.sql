INSERT INTO notes (id, body, data, number, price) VALUES (1, 'one', x'74776f', x'3137', '1.50');
