/* Writes, transactions, and operations that clear the session's memory, performed in both databases. */
#include "operations.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

static void print_insert(FILE *out, const struct ar_model *model)
{
    fprintf(out, "INSERT INTO %s (", model->sql);
    for (size_t i = 0; i < model->column_count; i++)
        fprintf(out, "%s%s", i > 0 ? ", " : "", model->columns[i].sql);
    fputs(") VALUES ", out);
}

static bool is_zero(const struct ar_column *column, const void *record)
{
    static const char zero[sizeof(int64_t)];

    return memcmp((const char *)record + column->offset, zero, column->size) == 0;
}

/* Print the values of an INSERT. A generated key that is still 0, because the insert failed, is NULL. */
static void print_values(FILE *out, const struct ar_model *model, const void *record)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        fputs(i > 0 ? ", " : "(", out);
        if ((column->flags & AR_COLUMN_GENERATED) != 0 && is_zero(column, record))
            fputs("NULL", out);
        else
            field_print(out, column, record);
    }
    fputc(')', out);
}

/* Print "a = 1, b = 2" for the columns that are not part of the key. */
static void print_assignments(FILE *out, const struct ar_model *model, const void *record)
{
    const char *separator = "";

    for (size_t i = 0; i < model->column_count; i++) {
        if ((model->columns[i].flags & AR_COLUMN_KEY) != 0)
            continue;
        fprintf(out, "%s%s = ", separator, model->columns[i].sql);
        field_print(out, &model->columns[i], record);
        separator = ", ";
    }
}

static bool has_generated_key(const struct ar_model *model)
{
    return (model->columns[model->key[0]].flags & AR_COLUMN_GENERATED) != 0;
}

static const struct ar_column *version_of(const struct ar_model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        if ((model->columns[i].flags & AR_COLUMN_VERSION) != 0)
            return &model->columns[i];
    return NULL;
}

enum statement { INSERT, UPSERT, UPDATE, DELETE };

/* Return the statement that writes this record; the caller frees it. */
static char *statement_of(enum statement statement, const struct ar_model *model, const void *record)
{
    char *text, *key = key_of(model, record);
    size_t size;
    FILE *out = open_memstream(&text, &size);

    switch (statement) {
    case INSERT:
    case UPSERT:
        print_insert(out, model);
        print_values(out, model, record);
        if (statement == INSERT)
            break;
        fputs(" ON CONFLICT DO UPDATE SET ", out);
        print_assignments(out, model, record);
        break;
    case UPDATE:
        fprintf(out, "UPDATE %s SET ", model->sql);
        print_assignments(out, model, record);
        fprintf(out, " WHERE %s", key);
        break;
    case DELETE:
        fprintf(out, "DELETE FROM %s WHERE %s", model->sql, key);
        break;
    }
    fclose(out);
    free(key);
    return text;
}

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

static void end_transaction(struct world *w, bool commits)
{
    unsigned depth = w->depth;

    world_note(w, commits ? "commit" : "rollback");
    expect_ok(w, commits ? ar_commit(w->s) : ar_rollback(w->s));
    w->depth--;
    if (depth > 1 && !commits) {
        char *sql = text_of("ROLLBACK TO level%u", depth);
        shadow_run(w->shadow, sql);
        free(sql);
    }
    char *sql = depth > 1 ? text_of("RELEASE level%u", depth) : strdup(commits ? "COMMIT" : "ROLLBACK");
    shadow_run(w->shadow, sql);
    free(sql);
    if (w->is_uncertain && !commits)
        find_held(w);
    check_held(w);
}

/* Handle a failed write. It aborts a PostgreSQL transaction, so roll back. */
static void fail_write(struct world *w)
{
    if (w->depth > 0)
        end_transaction(w, false);
}

/* Run the SQL in the shadow and compare the outcomes. */
static void compare(struct world *w, enum ar_status status, const char *sql, bool must_change)
{
    enum ar_status expected;

    world_note(w, "  %s: %s", ar_status_name(status), sql);
    expected = shadow_run(w->shadow, sql);
    if (expected == AR_OK && must_change && shadow_changed(w->shadow) == 0)
        expected = AR_NOT_FOUND;
    if (status != expected)
        world_fail(w, "%s, expected %s: %s", ar_status_name(status), ar_status_name(expected),
                   ar_session_error(w->s)->message);
    if (status == AR_CONSTRAINT)
        fail_write(w);
}

/* The version conflict that a write of a caller-owned struct finds. */
enum meeting { NO_CONFLICT, CONFLICT, NOTHING_TO_WRITE };

/* Return CONFLICT if the row exists and its version differs from the record's. If the version is the only difference,
 * there may be nothing to write, and no conflict. */
static enum meeting meet(struct world *w, const struct ar_model *model, const void *record)
{
    const struct ar_column *version = version_of(model);
    enum meeting meeting = NO_CONFLICT;
    char *key, *where;
    struct rows row;

    if (version == NULL)
        return NO_CONFLICT;
    key = key_of(model, record);
    where = text_of("WHERE %s AND %s <> %d", key, version->sql, (int)*((const signed char *)record + version->offset));
    row = shadow_rows(w->shadow, model, where);
    if (row.count > 0) {
        /* The version is the last column. */
        char *actual = row_of(model, record);
        size_t length = (size_t)(strrchr(actual, ',') - actual);
        meeting = strncmp(actual, row.items[0], length + 1) == 0 ? NOTHING_TO_WRITE : CONFLICT;
        free(actual);
    }
    rows_free(&row);
    free(where);
    free(key);
    return meeting;
}

/* Compare the outcome of a write that may find a different version. Return true if nothing was written. */
static bool is_conflict(struct world *w, enum meeting meeting, enum ar_status status)
{
    if (meeting == NO_CONFLICT)
        return false;
    world_note(w, "  %s: version differs", ar_status_name(status));
    if (status != AR_CONFLICT && (status != AR_OK || meeting == CONFLICT))
        world_fail(w, "%s, expected AR_CONFLICT", ar_status_name(status));
    return true;
}

/* The same for an insert. The keys that the database generated for refused rows are unknown, and different keys might
 * match the foreign keys of these rows. */
static void compare_insert(struct world *w, const struct ar_model *model, enum ar_status status, const char *sql)
{
    if (status != AR_CONSTRAINT || !has_generated_key(model) || !w->has_foreign_keys) {
        compare(w, status, sql, false);
        return;
    }
    world_note(w, "  refused: %s", sql);
    fail_write(w);
}

/* ---- Caller-owned structs ---------------------------------------------------------------------------------------- */

void write_struct(struct world *w)
{
    const struct ar_model *model = w->models[random_below(&w->random, (uint32_t)w->model_count)];
    const struct ar_column *first_key = &model->columns[model->key[0]];
    bool is_generated = has_generated_key(model);
    enum statement statement = (enum statement)random_below(&w->random, DELETE + 1);
    union record record;
    enum ar_status status = AR_OK;
    enum meeting meeting;
    char *sql, *key;

    record_fill(&w->random, model, &record);
    if (is_generated && statement != INSERT) {
        int64_t id = 1 + (int64_t)random_below(&w->random, 11);
        memcpy(record.bytes + first_key->offset, &id, sizeof id);
        statement = statement == UPSERT ? UPDATE : statement; /* a row with a generated key is only updated */
    }
    world_note(w, "write %s", model->name);
    w->is_uncertain = true;
    meeting = statement == UPSERT || statement == UPDATE ? meet(w, model, &record) : NO_CONFLICT;
    switch (statement) {
    case INSERT:
        status = random_one_in(&w->random, 2) && is_generated ? ar_record_save(w->s, model, &record)
                                                              : ar_record_insert(w->s, model, &record);
        break;
    case UPSERT:
        status = ar_record_save(w->s, model, &record);
        break;
    case UPDATE:
        status = random_one_in(&w->random, 2) && is_generated ? ar_record_save(w->s, model, &record)
                                                              : ar_record_update(w->s, model, &record);
        break;
    case DELETE:
        status = ar_record_delete(w->s, model, &record);
        break;
    }
    sql = statement_of(statement, model, &record);
    key = key_of(model, &record);
    let_go_of_key(w, model, key);
    if (statement == INSERT)
        compare_insert(w, model, status, sql);
    else if (!is_conflict(w, meeting, status))
        compare(w, status, sql, statement == UPDATE || statement == DELETE);
    free(sql);
    free(key);
}

/* ---- Held records ------------------------------------------------------------------------------------------------ */

static struct held *random_held(struct world *w)
{
    return w->held_count > 0 ? &w->held[random_below(&w->random, (uint32_t)w->held_count)] : NULL;
}

static void change(struct world *w, const struct held *held)
{
    for (size_t i = 0; i < held->model->column_count; i++) {
        const struct ar_column *column = &held->model->columns[i];
        if ((column->flags & (AR_COLUMN_KEY | AR_COLUMN_VERSION)) == 0 && random_one_in(&w->random, 2))
            field_fill(&w->random, column, held->record);
    }
}

/* Read the record's row again; let go of the record if there is no row. */
static void reload(struct world *w, const struct ar_model *model, void *record)
{
    char *key = key_of(model, record);
    char *sql = text_of("SELECT count(*) FROM %s WHERE %s", model->sql, key);
    enum ar_status expected = shadow_integer(w->shadow, sql, 0) > 0 ? AR_OK : AR_NOT_FOUND;
    enum ar_status status = ar_record_reload(w->s, model, record);

    world_note(w, "reload %s %s: %s", model->name, key, ar_status_name(status));
    if (status != expected)
        world_fail(w, "reload: %s, expected %s", ar_status_name(status), ar_status_name(expected));
    if (status == AR_NOT_FOUND)
        let_go_of_key(w, model, key);
    free(key);
    free(sql);
}

void write_held(struct world *w)
{
    const struct held *chosen = random_held(w);
    enum ar_status status;
    bool is_rolled_back;
    char *sql;

    if (chosen == NULL)
        return;
    struct held held = *chosen;
    world_note(w, "change %s %s", held.model->name, held.key);
    change(w, &held);
    if (random_one_in(&w->random, 4)) {
        reload(w, held.model, held.record);
        return;
    }
    status = random_one_in(&w->random, 2) ? ar_record_save(w->s, held.model, held.record)
                                          : ar_record_update(w->s, held.model, held.record);
    sql = statement_of(UPDATE, held.model, held.record);
    is_rolled_back = w->depth > 0;
    compare(w, status, sql, true);
    if (status == AR_CONSTRAINT && !is_rolled_back)
        reload(w, held.model, held.record);
    free(sql);
}

void delete_held(struct world *w)
{
    const struct held *held = random_held(w);
    enum ar_status status;
    char *sql;

    if (held == NULL)
        return;
    world_note(w, "delete %s %s", held->model->name, held->key);
    sql = statement_of(DELETE, held->model, held->record);
    status = ar_record_delete(w->s, held->model, held->record);
    if (status == AR_OK)
        let_go(w, (size_t)(held - w->held));
    compare(w, status, sql, true);
    free(sql);
}

/* ---- Bulk writes ------------------------------------------------------------------------------------------------- */

#define MANY_MAX 30

void write_many(struct world *w)
{
    const struct ar_model *model = w->models[random_below(&w->random, (uint32_t)w->model_count)];
    size_t count = 1 + random_below(&w->random, random_one_in(&w->random, 4) ? MANY_MAX : 3), size;
    char *records = calloc(count, model->size), *sql;
    FILE *out;
    enum ar_status status;

    for (size_t i = 0; i < count; i++)
        record_fill(&w->random, model, records + i * model->size);
    world_note(w, "insert %zu of %s", count, model->name);
    status = ar_record_insert_many(w->s, model, records, count);
    out = open_memstream(&sql, &size);
    print_insert(out, model);
    for (size_t i = 0; i < count; i++) {
        fputs(i > 0 ? ", " : "", out);
        print_values(out, model, records + i * model->size);
    }
    fclose(out);
    compare_insert(w, model, status, sql);
    free(sql);
    free(records);
}

/* Return the assignment that update_all appends to one of this column; the caller frees it. */
static char *next_version(const struct ar_model *model, const struct ar_column *assigned)
{
    const struct ar_column *version = version_of(model);

    if (version == NULL || version == assigned)
        return strdup("");
    return text_of(", %s = CASE WHEN %s < 127 THEN %s + 1 ELSE 0 END", version->sql, version->sql, version->sql);
}

static const struct ar_column *assignable_column(struct world *w, const struct ar_model *model)
{
    for (;;) {
        const struct ar_column *column = &model->columns[random_below(&w->random, model->column_count)];
        if ((column->flags & AR_COLUMN_KEY) == 0)
            return column;
    }
}

void write_by_condition(struct world *w)
{
    const struct ar_model *model = w->models[random_below(&w->random, (uint32_t)w->model_count)];
    struct ar_query *q = ar_query_open(w->s, model);
    char *condition = add_condition(w, model, q), *assignment, *sql;
    size_t size;
    FILE *out = open_memstream(&assignment, &size);
    const struct ar_column *assigned = assignable_column(w, model);
    struct ar_assignment set = random_assignment(&w->random, assigned, out);
    char *version = next_version(model, assigned);
    bool deletes = random_one_in(&w->random, 3);
    int64_t changed;
    enum ar_status status;

    fclose(out);
    sql = deletes ? text_of("DELETE FROM %s WHERE %s", model->sql, condition)
                  : text_of("UPDATE %s SET %s%s WHERE %s", model->sql, assignment, version, condition);
    world_note(w, "all of %s", model->name);
    w->is_uncertain = true;
    status = deletes ? ar_query_delete_all(q, &changed) : ar_query_update_all(q, &set, &changed);
    let_go_of_model(w, model);
    compare(w, status, sql, false);
    if (status == AR_OK && changed != shadow_changed(w->shadow))
        world_fail(w, "%" PRId64 " rows changed, expected %" PRId64, changed, shadow_changed(w->shadow));
    free(sql);
    free(condition);
    free(version);
    free(assignment);
}

void write_sql(struct world *w)
{
    static const char *const statements[] = {
        "UPDATE nodes SET label = 'by SQL' WHERE id < 5",
        "INSERT INTO nodes (id, label) VALUES (0, 'zero')",
        "DELETE FROM notes WHERE position = 0",
        "UPDATE items SET shelf_code = NULL WHERE slot = 1",
    };
    const char *sql = statements[random_below(&w->random, sizeof statements / sizeof *statements)];
    enum ar_status status;

    world_note(w, "execute");
    w->is_uncertain = true;
    status = ar_execute(w->s, sql);
    let_go_of_model(w, NULL);
    compare(w, status, sql, false);
}

/* ---- Transactions and clearing ----------------------------------------------------------------------------------- */

void change_transaction(struct world *w)
{
    if (w->depth == 0 || (w->depth < DEPTH_MAX && random_one_in(&w->random, 3))) {
        char *sql = w->depth > 0 ? text_of("SAVEPOINT level%u", w->depth + 1) : strdup("BEGIN");
        world_note(w, "begin");
        expect_ok(w, ar_begin(w->s));
        shadow_run(w->shadow, sql);
        w->depth++;
        free(sql);
    } else {
        end_transaction(w, random_one_in(&w->random, 2));
    }
}

void end_transactions(struct world *w)
{
    while (w->depth > 0)
        end_transaction(w, random_one_in(&w->random, 2));
}

void clear_session(struct world *w)
{
    world_note(w, "clear");
    ar_session_clear(w->s);
    let_go_of_model(w, NULL);
    w->is_uncertain = false;
    if (w->depth > 0)
        shadow_run(w->shadow, "ROLLBACK");
    w->depth = 0;
}

void forget_relations(struct world *w)
{
    const struct held *held = random_held(w);

    if (held == NULL)
        return;
    world_note(w, "forget the relations of %s %s", held->model->name, held->key);
    ar_relation_clear_all(w->s, held->model, held->record);
}
