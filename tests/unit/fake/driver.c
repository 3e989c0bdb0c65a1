/* The fake driver, and the driver table of the tests, which replaces the library's. */
#include "fake/driver.h"

#include "model/row.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATEMENTS_MAX = 32, ANSWERS_MAX = 8, STATEMENT_SIZE = 512 };

struct connection {
    bool in_transaction, is_lost;
    struct fake_server *server;
};

/* Rows to return, as set by the test. */
struct answer {
    size_t rows, columns;
    const struct ar_value *values;
};

struct fake_row {
    struct row base; /* must be first */
    const struct ar_value *values;
    size_t columns;
};

static struct {
    char statements[STATEMENTS_MAX][STATEMENT_SIZE];
    size_t count;
    struct answer answers[ANSWERS_MAX];
    size_t answer_count, next_answer;
    enum violation violation;
    const char *reason; /* NULL: do not fail */
    struct engine engine;
    struct fake_server primary, standby;
} fake;

void fake_reset(void)
{
    memset(&fake, 0, sizeof fake);
    fake.standby.is_down = true;
}

struct fake_server *fake_primary(void)
{
    return &fake.primary;
}

struct fake_server *fake_standby(void)
{
    fake.standby.is_down = false;
    return &fake.standby;
}

void fake_return(size_t rows, size_t columns, const struct ar_value *values)
{
    fake.answers[fake.answer_count++] = (struct answer){rows, columns, values};
}

void fake_fail(enum violation violation, const char *reason)
{
    fake.violation = violation;
    fake.reason = reason;
}

void fake_set_sharded(void)
{
    fake.engine = (struct engine){.is_sharded = true, .before_schema = "PREPARE SCHEMA"};
}

static const struct engine *engine(const struct connection *connection)
{
    (void)connection;
    return &fake.engine;
}

size_t fake_count(void)
{
    return fake.count;
}

const char *fake_statement(size_t index)
{
    return index < fake.count ? fake.statements[index] : "no statement";
}

/* ---- Recording --------------------------------------------------------------------------------------------------- */

static void add(const char *text)
{
    char *out = fake.statements[fake.count];
    size_t length = strlen(out);

    (void)snprintf(out + length, STATEMENT_SIZE - length, "%s", text);
}

static void add_integer(int64_t integer)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%" PRId64, integer);
    add(text);
}

static void add_value(const struct ar_value *value)
{
    if (value->kind == AR_VALUE_INTEGER)
        add_integer(value->integer);
    else
        add(value->kind == AR_VALUE_TEXT ? (const char *)value->bytes.data : "NULL");
}

static void add_parameter(const struct parameter *parameter)
{
    const struct key_set *keys = parameter->keys;

    if (keys == NULL) {
        add_value(&parameter->value);
        return;
    }
    for (size_t i = 0; i < keys->count; i++) {
        add(i > 0 ? "," : "{");
        if (keys->integers != NULL)
            add_integer(keys->integers[i]);
        else
            add_value(&keys->values[i]);
    }
    add("}");
}

static void record(const struct statement *statement)
{
    if (fake.count == STATEMENTS_MAX)
        abort();
    add(statement->sql);
    for (size_t i = 0; i < statement->parameter_count; i++) {
        add(i > 0 ? ", " : " -- ");
        add_parameter(&statement->parameters[i]);
    }
    fake.count++;
}

/* ---- Calls ------------------------------------------------------------------------------------------------------- */

static char *locate(const char *url, const void *unique, bool *is_in_memory, struct failure *failure)
{
    char *location = strdup(url);

    (void)unique;
    *is_in_memory = false;
    if (location == NULL)
        (void)ar_fail_no_memory(failure);
    return location;
}

static enum ar_status connect(const char *location, const struct ar_db_options *options, bool to_standby,
                              struct connection **out, struct failure *failure)
{
    struct fake_server *server = to_standby && !fake.standby.is_down ? &fake.standby : &fake.primary;

    (void)location, (void)options;
    if (server->is_down) {
        server->refusals++;
        return ar_fail(failure, AR_UNAVAILABLE, NULL, NULL, "the server is down");
    }
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return ar_fail_no_memory(failure);
    (*out)->server = server;
    return AR_OK;
}

static void disconnect(struct connection *connection)
{
    free(connection);
}

extern const struct row_methods fake_rows;

/* Deliver the next answer, if there is one. */
static enum ar_status return_rows(const struct statement *statement, struct outcome *outcome)
{
    bool is_prepared = statement->on_row != NULL && fake.next_answer < fake.answer_count;
    const struct answer none = {0}, *answer = is_prepared ? &fake.answers[fake.next_answer++] : &none;
    enum ar_status status = statement->before_rows != NULL ? statement->before_rows(statement->payload) : AR_OK;

    for (size_t i = 0; i < answer->rows && status == AR_OK; i++) {
        struct fake_row row = {{&fake_rows}, answer->values + i * answer->columns, answer->columns};
        outcome->rows++;
        status = statement->on_row(statement->payload, &row.base);
    }
    if (status == AR_OK && statement->after_rows != NULL)
        status = statement->after_rows(statement->payload);
    return status;
}

static enum ar_status fail(const struct statement *statement, struct failure *failure)
{
    const char *name = statement->model->name;

    (void)ar_fail(failure, AR_CONSTRAINT, statement->model, NULL, "%s: %s", name, fake.reason);
    ar_failure_set_violation(failure, fake.violation, strlen(name) + strlen(": "));
    fake.reason = NULL;
    return AR_CONSTRAINT;
}

static enum ar_status fail_lost(struct connection *connection, struct failure *failure)
{
    connection->is_lost = true;
    return ar_fail(failure, AR_UNAVAILABLE, NULL, NULL, "the connection is lost");
}

static enum ar_status return_position(struct connection *connection, const struct statement *statement,
                                      struct failure *failure)
{
    struct fake_server *server = connection->server;
    const struct ar_value values[] = {
        ar_value_integer(server->wal),
        ar_value_integer(server == &fake.standby && !server->is_promoted),
        ar_value_integer(server->system),
        ar_value_integer(server->line),
        server->age_ms >= 0 ? ar_value_integer(server->age_ms) : ar_value_null(),
    };
    struct fake_row row = {{&fake_rows}, values, sizeof values / sizeof *values};

    server->positions++;
    if (server->positions_left > 0 && --server->positions_left == 0)
        server->is_down = true;
    if (server->is_down)
        return fail_lost(connection, failure);
    if (server->is_broken)
        return ar_fail(failure, AR_DATABASE, NULL, NULL, "the position cannot be read");
    return statement->on_row(statement->payload, &row.base);
}

static enum ar_status run(struct connection *connection, const struct statement *statements, size_t count,
                          struct outcome *outcomes, struct failure *failure)
{
    if (statements[0].sql == fake_driver.dialect.position)
        return return_position(connection, &statements[0], failure);
    if (connection->server->is_down)
        return fail_lost(connection, failure);
    for (size_t i = 0; i < count; i++) {
        const struct statement *statement = &statements[i];
        record(statement);
        connection->server->statements++;
        if (strcmp(statement->sql, "BEGIN") == 0)
            connection->in_transaction = true;
        if (strcmp(statement->sql, "COMMIT") == 0 || strcmp(statement->sql, "ROLLBACK") == 0)
            connection->in_transaction = false;
        outcomes[i].is_done = true;
        outcomes[i].changes = 1;
        if (fake.reason != NULL && statement->parameter_count > 0)
            outcomes[i].status = fail(statement, failure);
        else
            outcomes[i].status = return_rows(statement, &outcomes[i]);
        if (outcomes[i].status != AR_OK)
            return outcomes[i].status;
    }
    return AR_OK;
}

static enum ar_status run_script(struct connection *connection, const char *sql, struct failure *failure)
{
    (void)connection, (void)failure;
    record(&(struct statement){.sql = sql});
    return AR_OK;
}

static bool in_transaction(const struct connection *connection)
{
    return connection->in_transaction;
}

static bool is_usable(struct connection *connection)
{
    return !connection->in_transaction && !connection->is_lost && !connection->server->is_down;
}

static bool reset(struct connection *connection)
{
    return is_usable(connection);
}

static void set_timeout(struct connection *connection, unsigned milliseconds)
{
    (void)connection, (void)milliseconds;
}

static void interrupt(struct connection *connection)
{
    (void)connection;
}

static enum ar_status compares_by_rules(struct connection *connection, const struct ar_relation *relation, bool *out,
                                        struct failure *failure)
{
    (void)connection, (void)relation, (void)failure;
    *out = false;
    return AR_OK;
}

static enum ar_status describe(struct connection *connection, const struct statement *statement, const char **out,
                               struct failure *failure)
{
    (void)connection, (void)statement, (void)failure;
    *out = "prepared by the test";
    return AR_OK;
}

static const char *pick(const struct ar_sql *sql)
{
    return sql->sqlite;
}

static bool get_value(const struct row *base, size_t column, struct ar_value *out)
{
    const struct fake_row *row = (const struct fake_row *)base;

    *out = column < row->columns ? row->values[column] : ar_value_null();
    return true;
}

static enum ar_status read_row_at(const struct row *row, size_t first, const struct ar_model *model,
                                  const struct field_reader *reader, void *record)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < model->column_count && status == AR_OK; i++) {
        struct ar_value value;
        (void)get_value(row, first + i, &value);
        status = ar_field_read(reader, &model->columns[i], &value, record);
    }
    return status;
}

static enum ar_status read_row(const struct row *row, const struct ar_model *model, const struct field_reader *reader,
                               void *record)
{
    return read_row_at(row, 0, model, reader, record);
}

static enum ar_status read_field(const struct row *row, size_t number, const struct ar_column *column,
                                 const struct field_reader *reader, void *record)
{
    struct ar_value value;

    return get_value(row, number, &value) ? ar_field_read(reader, column, &value, record) : AR_NO_MEMORY;
}

const struct row_methods fake_rows = {
    .value = get_value, .read = read_row, .read_at = read_row_at, .read_field = read_field};

const struct driver fake_driver = {
    .name = "fake",
    .locate = locate,
    .connect = connect,
    .disconnect = disconnect,
    .engine = engine,
    .run = run,
    .run_script = run_script,
    .in_transaction = in_transaction,
    .is_usable = is_usable,
    .take = is_usable,
    .reset = reset,
    .set_timeout = set_timeout,
    .interrupt = interrupt,
    .compares_by_rules = compares_by_rules,
    .describe = describe,
    .pick = pick,
    .dialect =
        {
            .begin_write = "BEGIN",
            .begin_read = "BEGIN",
            .begin_snapshot = "BEGIN",
            .isolation = {"", "", "", ""},
            .lock = {" LOCKED", " SHARED"},
            .lock_wait = {"", " NOW", " IF FREE"},
            .builtin_schema = "builtin",
            .in_select = " AMONG ",
            .like = " RESEMBLES ",
            .like_end = "",
            .in_keys = {" AMONG KEYS (", ")"},
            .not_in_keys = {" NOT AMONG KEYS (", ")"},
            .key_table = "fake_keys",
            .key_test = "fake_test",
            .prefers_single_key = true,
            .columns_query = "the catalog of columns",
            .keys_query = "the catalog of keys",
            .position = "the position",
        },
};

/* Replace the only function of the library's driver table, which is therefore not linked. */
const struct driver *ar_driver_find(const char *url, const struct ar_db_options *options, struct failure *failure)
{
    (void)options;
    if (strncmp(url, "fake:", strlen("fake:")) == 0)
        return &fake_driver;
    (void)ar_fail(failure, AR_MISUSE, NULL, NULL, "not a database URL");
    return NULL;
}
