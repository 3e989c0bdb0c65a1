/* How SQLite finds the rows of a relation. */
#include "sqlite_plan.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of 10,000 users' 100,000 posts, a scan takes as long as searches for some 3,000 users; the fewer keys there are, the
 * less matters which way is taken, and a scan may read a table that nobody else needs in memory. */
enum { SCANNED_PART = 3, SCANNED_KEYS_MIN = 256 };

/* The key's column on the other side: of the target. */
static const struct ar_column *target_column(const struct ar_relation *relation)
{
    const uint16_t *columns = relation->kind == AR_RELATION_BELONGS_TO ? relation->target->key : relation->foreign_key;

    return &relation->target->columns[columns[0]];
}

/* The model whose primary keys the keys are. */
static const struct ar_model *key_model(const struct ar_relation *relation)
{
    return relation->kind == AR_RELATION_BELONGS_TO ? relation->target : relation->owner;
}

static int find_index(sqlite3 *database, const struct ar_column *column, bool *out)
{
    static const char *const sql =
        "SELECT 1 FROM pragma_index_list(?1) AS list JOIN pragma_index_info(list.name) AS info"
        " WHERE list.partial = 0 AND info.seqno = 0 AND info.name = ?2 COLLATE NOCASE";
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v2(database, sql, -1, &handle, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_bind_text(handle, 1, column->model->table, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(handle, 2, column->name, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    (void)sqlite3_finalize(handle);
    *out = code == SQLITE_ROW;
    return code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_OK : code;
}

/* Asked once for each relation. */
static int is_indexed(sqlite3 *database, struct sqlite_plans *plans, const struct ar_relation *relation, bool *out)
{
    static const char answers[2];
    const struct ar_column *column = target_column(relation);
    const char *answer = ar_pointer_map_get(&plans->is_indexed, relation);
    int code;

    if (answer == NULL) {
        code = find_index(database, column, out);
        if (code != SQLITE_OK)
            return code;
        answer = &answers[*out];
        /* Without memory it is asked again. */
        (void)ar_pointer_map_add(&plans->is_indexed, relation, (void *)(uintptr_t)answer);
    }
    *out = answer == &answers[true];
    return SQLITE_OK;
}

int ar_sqlite_highest_key(sqlite3 *database, const struct ar_model *model, int64_t *out)
{
    const char *column = model->columns[model->key[0]].sql;
    size_t size = strlen(column) + strlen(model->sql) + 32;
    char *sql = malloc(size);
    sqlite3_stmt *handle = NULL;
    int code;

    if (sql == NULL)
        return SQLITE_NOMEM;
    (void)snprintf(sql, size, "SELECT max(%s) FROM %s", column, model->sql);
    code = sqlite3_prepare_v2(database, sql, -1, &handle, NULL);
    free(sql);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(handle, 0) : 0;
    (void)sqlite3_finalize(handle);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

int ar_sqlite_prefers_scan(sqlite3 *database, struct sqlite_plans *plans, const struct ar_relation *relation,
                           size_t key_count, bool *out)
{
    bool has_index = (target_column(relation)->flags & AR_COLUMN_KEY) != 0 && relation->target->key_count == 1;
    int64_t highest;
    int code = has_index ? SQLITE_OK : is_indexed(database, plans, relation, &has_index);

    *out = code == SQLITE_OK && !has_index;
    if (code != SQLITE_OK || *out || key_count < SCANNED_KEYS_MIN)
        return code;
    /* No less than there are rows, where keys are given one after the other. */
    code = ar_sqlite_highest_key(database, key_model(relation), &highest);
    *out = code == SQLITE_OK && highest > 0 && key_count >= (uint64_t)highest / SCANNED_PART;
    return code;
}

void ar_sqlite_plans_clear(struct sqlite_plans *plans)
{
    ar_pointer_map_free(&plans->is_indexed);
}
