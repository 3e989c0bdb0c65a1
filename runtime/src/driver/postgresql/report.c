/* The errors that servers report, in the form of PostgreSQL.
 *
 * A server that shards passes on errors of the server with the shard, of which it changes these:
 *
 * - SQLSTATE is XX000 if many rows were written at once; the message has the reason.
 * - Names are those of the shard: the table users with the constraint users_pkey is users_102008 there, with the
 *   constraint users_pkey_102008. A check has the same name.
 * - Table, column and constraint are only in the message, unless the shard is on the coordinator.
 * - At COMMIT, the reason, such as a deferred foreign key, is a warning that precedes the error.
 * - NOT NULL of the shard key is 22004, without the column.
 *
 * Messages are recognized in English only (lc_messages); otherwise the error stays as it is. */
#include "driver/postgresql/report.h"

#include "base/digits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of shards begin here. */
enum { FIRST_SHARD = 102008 };

static const char internal_error[] = "XX000";

/* Return the length of the number of a shard, with the underscore before it, at the end of a name; 0: there is none. */
static size_t shard_length(const char *name, size_t length)
{
    size_t digits = 0;

    while (digits < length && ar_is_digit(name[length - digits - 1]))
        digits++;
    if (digits < 6 || digits >= length || name[length - digits - 1] != '_' ||
        strtoull(name + length - digits, NULL, 10) < FIRST_SHARD)
        return 0;
    return digits + 1;
}

/* Copy a name without the number of a shard. Return it if out of memory. */
static const char *without_shard(struct arena *arena, const char *name)
{
    size_t number = name != NULL ? shard_length(name, strlen(name)) : 0;
    const char *copy = number > 0 ? ar_arena_copy_text(arena, name, strlen(name) - number) : NULL;

    return copy != NULL ? copy : name;
}

/* Copy a text without the numbers of shards in names of tables and constraints. Return it if out of memory. */
static const char *without_shards(struct arena *arena, const char *text)
{
    static const char *const words[] = {"relation \"", "table \"", "constraint \"", "index \""};
    char *copy, *end;

    if (text == NULL || strchr(text, '"') == NULL)
        return text;
    copy = end = ar_arena_allocate(arena, strlen(text) + 1);
    if (copy == NULL)
        return text;
    while (*text != '\0') {
        size_t length = 0;
        for (size_t i = 0; i < sizeof words / sizeof *words && length == 0; i++)
            if (strncmp(text, words[i], strlen(words[i])) == 0)
                length = strlen(words[i]);
        if (length == 0) {
            *end++ = *text++;
            continue;
        }
        memcpy(end, text, length);
        end += length;
        text += length;
        length = strcspn(text, "\"");
        memcpy(end, text, length);
        end += length - shard_length(text, length);
        text += length;
    }
    *end = '\0';
    return copy;
}

/* Return the name in quotes after the last `word "` of a text, or NULL if there is none or no memory. */
static const char *name_after(struct arena *arena, const char *text, const char *word)
{
    const char *found = NULL;

    for (const char *next = strstr(text, word); next != NULL; next = strstr(next + 1, word))
        found = next + strlen(word);
    return found != NULL ? ar_arena_copy_text(arena, found, strcspn(found, "\"")) : NULL;
}

/* Return the SQLSTATE of a violated constraint by its message, or NULL. */
static const char *sqlstate_of(const char *message)
{
    static const struct {
        const char *text, *sqlstate;
    } messages[] = {
        {"violates not-null constraint", "23502"},     {"violates foreign key constraint \"", "23503"},
        {"violates unique constraint \"", "23505"},    {"violates check constraint \"", "23514"},
        {"violates exclusion constraint \"", "23P01"},
    };

    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (strstr(message, messages[i].text) != NULL)
            return messages[i].sqlstate;
    return NULL;
}

/* Find the fields of a violated constraint in its message. A unique constraint is named without its table. */
static void read_fields(struct arena *arena, const struct ar_model *model, struct pg_report *report)
{
    const char *table = name_after(arena, report->message, "table \"");

    if (table == NULL)
        table = name_after(arena, report->message, "relation \"");
    if (table == NULL && model != NULL)
        table = model->table;
    if (report->table == NULL)
        report->table = table;
    if (report->constraint == NULL)
        report->constraint = name_after(arena, report->message, "constraint \"");
    if (report->column == NULL && strcmp(report->sqlstate, "23502") == 0)
        report->column = name_after(arena, report->message, "column \"");
}

/* Describe a row without a shard key as a row without any other column that is NOT NULL. */
static void read_missing_shard_key(struct arena *arena, const struct ar_model *model, struct pg_report *report)
{
    static const char form[] = "null value in column \"%s\" of relation \"%s\" violates not-null constraint";
    size_t size = sizeof form + strlen(model->shard_key->name) + strlen(model->table);
    char *message = ar_arena_allocate(arena, size);

    if (message == NULL)
        return;
    (void)snprintf(message, size, form, model->shard_key->name, model->table);
    *report = (struct pg_report){"23502", message, NULL, model->table, model->shard_key->name, NULL};
}

/* Change the report of a server that shards to what PostgreSQL reports. */
static void normalize(struct connection *connection, const struct ar_model *model, struct pg_report *report)
{
    struct arena *arena = &connection->scratch;
    const char *sqlstate;

    if (strcmp(report->sqlstate, internal_error) == 0 && connection->warning.sqlstate[0] != '\0')
        *report = (struct pg_report){
            connection->warning.sqlstate, connection->warning.message, connection->warning.detail, NULL, NULL, NULL};
    if (strcmp(report->sqlstate, "22004") == 0 && model != NULL && model->shard_key != NULL &&
        strncmp(report->message, "cannot perform an INSERT with", strlen("cannot perform an INSERT with")) == 0) {
        read_missing_shard_key(arena, model, report);
        return;
    }
    /* The table itself, not a shard: a number at the end of a name is part of it. */
    if (report->table != NULL && model != NULL && strcmp(report->table, model->table) == 0)
        return;
    sqlstate = sqlstate_of(report->message);
    if (strcmp(report->sqlstate, internal_error) == 0 && sqlstate != NULL)
        report->sqlstate = sqlstate;
    report->message = without_shards(arena, report->message);
    report->detail = without_shards(arena, report->detail);
    report->table = without_shard(arena, report->table);
    report->constraint = without_shard(arena, report->constraint);
    if (strncmp(report->sqlstate, "23", 2) == 0)
        read_fields(arena, model, report);
}

void ar_pg_read_report(struct connection *connection, const PGresult *result, const struct statement *statement,
                       struct pg_report *out)
{
    *out = (struct pg_report){
        .sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE),
        .message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
        .detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL),
        .table = PQresultErrorField(result, PG_DIAG_TABLE_NAME),
        .column = PQresultErrorField(result, PG_DIAG_COLUMN_NAME),
        .constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME),
    };
    if (connection->engine.is_sharded && out->sqlstate != NULL && out->message != NULL)
        normalize(connection, statement->model, out);
}

static void copy(char *out, size_t size, const char *text)
{
    (void)snprintf(out, size, "%s", text != NULL ? text : "");
}

void ar_pg_note_warning(struct connection *connection, const PGresult *notice)
{
    const char *sqlstate = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
    struct warning *warning = &connection->warning;

    if (sqlstate == NULL || strncmp(sqlstate, "23", 2) != 0)
        return;
    copy(warning->sqlstate, sizeof warning->sqlstate, sqlstate);
    copy(warning->message, sizeof warning->message, PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));
    copy(warning->detail, sizeof warning->detail, PQresultErrorField(notice, PG_DIAG_MESSAGE_DETAIL));
}
