/* The shadow database: the same rows in SQLite, accessed only by plain SQL. */
#ifndef FUZZ_SHADOW_H
#define FUZZ_SHADOW_H

#include <armature/armature.h>

struct shadow;

/* Rows as strings, one per row: the literals of the columns, separated by commas. */
struct rows {
    char **items;
    size_t count;
};

/* Open an empty shadow with the tables of these models. */
struct shadow *shadow_open(const struct ar_model *const *models, size_t count, bool has_foreign_keys);
void shadow_close(struct shadow *shadow);

/* Run one statement. Return AR_OK, or AR_CONSTRAINT if a constraint refused it; abort on any other error. */
enum ar_status shadow_run(struct shadow *shadow, const char *sql);

/* Return the number of rows that the last statement changed. */
int64_t shadow_changed(struct shadow *shadow);

/* Return the value of this query, or `otherwise` if it is NULL. */
int64_t shadow_integer(struct shadow *shadow, const char *sql, int64_t otherwise);

/* Return the rows of the model's table that `rest` selects: "WHERE … ORDER BY …". */
struct rows shadow_rows(struct shadow *shadow, const struct ar_model *model, const char *rest);

/* Append a row and take ownership of `text`. */
void rows_add(struct rows *rows, char *text);
void rows_sort(struct rows *rows);
bool rows_equal(const struct rows *a, const struct rows *b);
void rows_free(struct rows *rows);

#endif
