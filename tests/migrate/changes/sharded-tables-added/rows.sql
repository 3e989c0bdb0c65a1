INSERT INTO tenants (id, name) VALUES (1, 'first'), (2, 'it''s');
