/* The errors that servers report, in the form of PostgreSQL. */
#ifndef AR_POSTGRESQL_REPORT_H
#define AR_POSTGRESQL_REPORT_H

#include "driver/postgresql/connection.h"

/* The fields of an error; each may be NULL. */
struct pg_report {
    const char *sqlstate, *message, *detail;
    const char *table, *column, *constraint; /* of a violated constraint */
};

/* Read the error of a result. The strings are valid as long as the result, until the next run. */
void ar_pg_read_report(struct connection *connection, const PGresult *result, const struct statement *statement,
                       struct pg_report *out);

/* If it is a violated constraint, keep the warning that a server reports before an error without a reason. */
void ar_pg_note_warning(struct connection *connection, const PGresult *notice);

#endif
