INSERT INTO places (name, country) VALUES ('Springfield', 'US'), ('Paris', 'FR');
