/* Running user SQL. user_values.c makes its parameters. */
#include "read/user_sql.h"

#include "base/arena_text.h"
#include "link/connection.h"
#include "link/run.h"
#include "model/describe.h"
#include "model/field.h"
#include "model/row.h"
#include "session/execute.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/collector.h"
#include "store/identity.h"

struct statement ar_user_sql_statement(const struct user_sql *user)
{
    return (struct statement){
        .sql = user->sql,
        .is_constant = user->is_constant,
        .is_by_name = true,
        .has_dollars = user->has_dollars,
        .is_limited = user->is_limited,
        .parameters = user->parameters,
        .parameter_count = user->parameter_count,
        .column_count = user->row != NULL ? user->row->column_count : 0,
        .reason = user->writes ? AR_REASON_SAVE : AR_REASON_QUERY,
        .model = user->row,
    };
}

enum ar_status ar_user_sql_begin(struct ar_session *s, const struct user_sql *user)
{
    enum ar_status status = AR_OK;

    if (!user->writes)
        return AR_OK;
    status = ar_execute_refuse_on_replica(s, user->name);
    if (status == AR_OK)
        status = ar_transaction_check_writes(s, user->name);
    if (status == AR_OK)
        ar_execute_expire(s);
    return status;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static bool is_plain(const struct ar_model *row)
{
    return row->key_count == 0;
}

/* Check that a row is one of the session's tenant, if its struct has a shard key. */
static enum ar_status check_shard(struct store *store, const struct ar_model *model, const void *record)
{
    const struct shard_limit *limit = &store->options.shard;
    struct ar_value value;

    if (!limit->is_scoped || model->shard_key == NULL)
        return AR_OK;
    value = ar_field_value(model->shard_key, record);
    return ar_shard_has(limit, model->shard_key, &value)
               ? AR_OK
               : ar_shard_refuse_value(limit, model->shard_key, &value, &store->failure);
}

/* Rows of plain structs, which are collected without an identity map. */
static enum ar_status take_plain_row(void *payload, const struct row *row)
{
    struct row_collector *rows = payload;
    struct store *store = rows->store;
    const struct ar_model *model = rows->result->model;
    void *record = ar_arena_allocate_zero(&store->objects, model->size);
    enum ar_status status;

    if (record == NULL)
        return ar_fail_no_memory(&store->failure);
    status = row->methods->read(row, model, &store->field_reader, record);
    if (status == AR_OK)
        status = check_shard(store, model, record);
    if (status != AR_OK)
        return status;
    if (rows->next == rows->limit && !ar_collector_add_piece(rows))
        return ar_fail_no_memory(&store->failure);
    *rows->next++ = record;
    return AR_OK;
}

static enum ar_status start_rows(struct ar_session *s, const struct ar_model *row, struct row_collector *out)
{
    if (!is_plain(row))
        return ar_collector_start(&s->store, ar_identity(&s->store, row), false, out);
    *out = (struct row_collector){.store = &s->store, .result = ar_result_make(&s->store, row)};
    return out->result != NULL ? AR_OK : AR_NO_MEMORY;
}

static enum ar_status run_rows(struct ar_session *s, const struct user_sql *user, struct row_collector *rows)
{
    struct statement statement = ar_user_sql_statement(user);
    enum ar_status status = start_rows(s, user->row, rows);

    statement.on_row = is_plain(user->row) ? take_plain_row : ar_collect_row;
    statement.payload = rows;
    if (status == AR_OK)
        status = ar_run(&s->link, &statement, NULL);
    return status == AR_OK ? ar_collector_finish(rows) : status;
}

/* Run the statement and return its rows. */
static enum ar_status read_rows(struct ar_session *s, const struct user_sql *user, struct result **out)
{
    bool had_snapshot = s->link.has_snapshot;
    struct row_collector rows;
    enum ar_status status = ar_user_sql_begin(s, user);

    if (status != AR_OK)
        return status;
    status = run_rows(s, user, &rows);
    if (!had_snapshot && ar_run_may_repeat(&s->link, status))
        status = run_rows(s, user, &rows);
    *out = rows.result;
    return status;
}

enum ar_status ar_statement_all(struct ar_session *s, const struct ar_statement *statement, const void *arguments,
                                struct ar_list *out)
{
    AR_USE(s, (*out = (struct ar_list){0}, AR_MISUSE));
    struct result *result;
    struct user_sql user;
    enum ar_status status = ar_user_sql_make(s, statement, arguments, &s->store.scratch, &user);

    *out = (struct ar_list){0};
    if (status == AR_OK)
        status = read_rows(s, &user, &result);
    if (status == AR_OK)
        *out = (struct ar_list){result->records, result->count};
    return ar_session_done(s, status);
}

enum ar_status ar_statement_one(struct ar_session *s, const struct ar_statement *statement, const void *arguments,
                                void **out)
{
    struct ar_list list;
    enum ar_status status = ar_statement_all(s, statement, arguments, &list);

    *out = NULL;
    if (status == AR_OK && list.count == 0)
        return ar_fail(&s->store.failure, AR_NOT_FOUND, statement->row, NULL, "%s returned no row", statement->name);
    if (status == AR_OK && list.count > 1)
        return ar_fail(&s->store.failure, AR_MISUSE, statement->row, NULL,
                       "%s returned %zu rows, but is declared with .one = true", statement->name, list.count);
    if (status == AR_OK)
        *out = list.items[0];
    return status;
}

enum ar_status ar_sql_all(struct ar_session *s, const struct ar_model *row, const char *sql,
                          const struct ar_value *values, size_t count, struct ar_list *out)
{
    AR_USE(s, (*out = (struct ar_list){0}, AR_MISUSE));
    struct result *result;
    struct user_sql user;
    enum ar_status status;

    *out = (struct ar_list){0};
    status = ar_user_sql_make_dynamic(s, row, sql, values, count, &user);
    if (status == AR_OK)
        status = read_rows(s, &user, &result);
    if (status == AR_OK)
        status = ar_execute_check_transaction(s, user.name);
    if (status == AR_OK)
        *out = (struct ar_list){result->records, result->count};
    return ar_session_done(s, status);
}

/* ---- Statements without rows ------------------------------------------------------------------------------------- */

static enum ar_status run_changes(struct ar_session *s, const struct user_sql *user, int64_t *changed)
{
    struct statement statement = ar_user_sql_statement(user);
    struct outcome outcome = {.changes = 0};
    enum ar_status status = ar_user_sql_begin(s, user);

    if (status == AR_OK)
        status = ar_run(&s->link, &statement, &outcome);
    if (status == AR_OK)
        status = ar_execute_check_transaction(s, user->name);
    if (changed != NULL)
        *changed = status == AR_OK ? (int64_t)outcome.changes : 0;
    return status;
}

enum ar_status ar_statement_run(struct ar_session *s, const struct ar_statement *statement, const void *arguments,
                                int64_t *changed)
{
    AR_USE(s, (changed != NULL ? (void)(*changed = 0) : (void)0, AR_MISUSE));
    struct user_sql user;
    enum ar_status status = ar_user_sql_make(s, statement, arguments, &s->store.scratch, &user);

    if (changed != NULL)
        *changed = 0;
    return ar_session_done(s, status == AR_OK ? run_changes(s, &user, changed) : status);
}

enum ar_status ar_execute_with(struct ar_session *s, const char *sql, const struct ar_value *values, size_t count,
                               int64_t *changed)
{
    AR_USE(s, (changed != NULL ? (void)(*changed = 0) : (void)0, AR_MISUSE));
    struct user_sql user;
    enum ar_status status = ar_user_sql_make_dynamic(s, NULL, sql, values, count, &user);

    if (changed != NULL)
        *changed = 0;
    return ar_session_done(s, status == AR_OK ? run_changes(s, &user, changed) : status);
}

/* ---- Explanations ------------------------------------------------------------------------------------------------ */

/* The lines of a plan. */
struct plan {
    struct arena_text text;
    struct failure *failure;
    size_t column;
};

static enum ar_status add_plan_line(void *payload, const struct row *row)
{
    struct plan *plan = payload;
    struct ar_value line;

    if (!row->methods->value(row, plan->column, &line))
        return ar_fail_no_memory(plan->failure);
    if (line.kind == AR_VALUE_TEXT) {
        char *copy = ar_arena_copy_text(plan->text.arena, line.bytes.data, line.bytes.size);
        if (copy == NULL)
            return ar_fail_no_memory(plan->failure);
        ar_arena_text_add(&plan->text, "  ", copy, "\n", NULL);
    }
    return AR_OK;
}

static void add_arguments(struct arena_text *text, const struct user_sql *user)
{
    for (size_t i = 0; i < user->parameter_count; i++) {
        const struct parameter *parameter = &user->parameters[i];
        char value[128] = "a list";
        if (parameter->keys == NULL)
            ar_describe_values(&parameter->value, 1, value, sizeof value);
        ar_arena_text_add(text, i == 0 ? "  arguments: " : ", ", parameter->column->name, " = ", value, NULL);
    }
    if (user->parameter_count > 0)
        ar_arena_text_add(text, "\n", NULL);
}

static enum ar_status explain(struct ar_session *s, const struct user_sql *user, const char **out)
{
    const struct dialect *dialect = &s->link.db->driver->dialect;
    struct arena *scratch = &s->store.scratch;
    struct plan plan = {.text = {.arena = scratch}, .failure = &s->store.failure, .column = dialect->explain_column};
    struct arena_text sql = {.arena = scratch};
    struct statement statement = ar_user_sql_statement(user);
    enum ar_status status;

    ar_arena_text_add(&plan.text, user->name, "\n  SQL: ", user->sql, "\n", NULL);
    add_arguments(&plan.text, user);
    ar_arena_text_add(&sql, dialect->explain, user->sql, NULL);
    if (sql.out_of_memory)
        return ar_fail_no_memory(&s->store.failure);
    statement.sql = sql.data;
    statement.is_constant = statement.is_by_name = false;
    statement.column_count = 0;
    statement.on_row = add_plan_line;
    statement.payload = &plan;
    statement.reason = AR_REASON_QUERY;
    status = ar_run(&s->link, &statement, NULL);
    if (status != AR_OK)
        return status;
    *out = plan.text.out_of_memory ? NULL : ar_arena_copy_text(&s->store.text, plan.text.data, plan.text.size);
    return *out != NULL ? AR_OK : ar_fail_no_memory(&s->store.failure);
}

enum ar_status ar_statement_explain(struct ar_session *s, const struct ar_statement *statement, const void *arguments,
                                    const char **out)
{
    AR_USE(s, (*out = NULL, AR_MISUSE));
    struct user_sql user;
    enum ar_status status = ar_user_sql_make(s, statement, arguments, &s->store.scratch, &user);

    *out = NULL;
    return ar_session_done(s, status == AR_OK ? explain(s, &user, out) : status);
}
