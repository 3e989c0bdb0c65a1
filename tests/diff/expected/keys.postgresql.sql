
SET LOCAL lock_timeout = '5s';

ALTER TABLE cities DROP CONSTRAINT cities_country_fkey;
ALTER TABLE cities DROP CONSTRAINT cities_port_id_fkey;
ALTER TABLE cities DROP CONSTRAINT cities_twin_id_fkey;
ALTER TABLE streets DROP CONSTRAINT streets_mayor_fkey;
ALTER TABLE streets DROP CONSTRAINT streets_pkey;

ALTER TABLE streets ADD PRIMARY KEY (city_id, number);

ALTER TABLE cities ADD CONSTRAINT cities_country_fkey FOREIGN KEY (country) REFERENCES countries (code) ON DELETE CASCADE NOT VALID;
ALTER TABLE cities ADD CONSTRAINT cities_capital_id_fkey FOREIGN KEY (capital_id) REFERENCES cities (id) NOT VALID;
ALTER TABLE cities ADD CONSTRAINT cities_twin_id_fkey FOREIGN KEY (twin_id) REFERENCES cities (id) ON DELETE SET NULL NOT VALID;
ALTER TABLE cities ADD CONSTRAINT cities_port_id_fkey FOREIGN KEY (port_id) REFERENCES cities (id) NOT VALID;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY cities_capital_id ON cities (capital_id);

-- armature: outside-transaction
ALTER TABLE cities VALIDATE CONSTRAINT cities_country_fkey;

-- armature: outside-transaction
ALTER TABLE cities VALIDATE CONSTRAINT cities_capital_id_fkey;

-- armature: outside-transaction
ALTER TABLE cities VALIDATE CONSTRAINT cities_twin_id_fkey;

-- armature: outside-transaction
ALTER TABLE cities VALIDATE CONSTRAINT cities_port_id_fkey;
