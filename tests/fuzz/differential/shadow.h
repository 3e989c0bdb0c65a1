/* The shadow database: the same rows in plain SQLite, written and read by plain SQL. */
#ifndef FUZZ_SHADOW_H
#define FUZZ_SHADOW_H

#include <armature/armature.h>

struct shadow;

/* Rows as text, one per row: the columns' literals, joined by commas. */
struct rows {
    char **items;
    size_t count;
};

/* Open an empty shadow with the tables of these models. */
struct shadow *shadow_open(const struct ar_model *const *models, size_t count, bool has_foreign_keys);
void shadow_close(struct shadow *shadow);

/* Run one statement: AR_OK, or AR_CONSTRAINT if a constraint refused it. Anything else ends the program. */
enum ar_status shadow_run(struct shadow *shadow, const char *sql);

/* The number of rows that the last statement changed. */
int64_t shadow_changed(struct shadow *shadow);

/* A value, or `otherwise` if it is NULL. */
int64_t shadow_integer(struct shadow *shadow, const char *sql, int64_t otherwise);

/* The rows of the model's table for which `rest` holds: "WHERE … ORDER BY …". */
struct rows shadow_rows(struct shadow *shadow, const struct ar_model *model, const char *rest);

/* Append a row; `text` is owned by the rows from here on. */
void rows_add(struct rows *rows, char *text);
void rows_sort(struct rows *rows);
bool rows_equal(const struct rows *a, const struct rows *b);
void rows_free(struct rows *rows);

#endif
