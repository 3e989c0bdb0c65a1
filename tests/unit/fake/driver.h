/* A database that is not there: it records the SQL that it is given and returns rows that the test has prepared. URLs
 * begin with fake:. */
#ifndef FAKE_DRIVER_H
#define FAKE_DRIVER_H

#include "driver/driver.h"

extern const struct driver fake_driver;

/* Forget what was recorded and prepared. */
void fake_reset(void);

/* Have the next statement with a callback for rows return these; `values` has all columns of the first row, then those
 * of the second … It must stay valid. */
void fake_return(size_t rows, size_t columns, const struct ar_value *values);

/* Have the next statement with parameters fail with AR_CONSTRAINT, this violation and this text of the database. */
void fake_fail(enum violation violation, const char *reason);

/* Return the number of recorded statements, and one of them: its SQL, then, after ` -- `, its parameters. */
size_t fake_count(void);
const char *fake_statement(size_t index);

#endif
