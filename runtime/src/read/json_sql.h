/* SQL of conditions on parts of JSON columns: see armature/json.h. */
#ifndef AR_JSON_SQL_H
#define AR_JSON_SQL_H

#include "sql/builder.h"

#include <armature/condition.h>

/* Begin and end a condition on the part that the term, an AR_OP_JSON, refers to. Between them goes the comparison,
 * which is only evaluated, or only matters, if the part has the term's type. Nothing goes into an AR_JSON_EXISTS. */
void ar_sql_open_json(struct sql *sql, const struct ar_term *json);
void ar_sql_close_json(struct sql *sql, const struct ar_term *json);

/* Add the part as a string or number. `is_sorted`: for a comparison by order. */
void ar_sql_add_json_part(struct sql *sql, const struct ar_term *json, bool is_sorted);

/* Add the value that the part is compared with. */
void ar_sql_add_json_value(struct sql *sql, const struct ar_term *json, struct ar_value value);

/* Add the condition that the part is true or false. */
void ar_sql_add_json_bool(struct sql *sql, const struct ar_term *json, bool is_true);

#endif
