/* User SQL in sessions with .scope or .one_shard: what it may do, and its parameter `:scope`. */
#include "read/user_sql.h"

#include "base/arena_text.h"
#include "base/scan.h"
#include "session/execute.h"

#include <stdio.h>
#include <string.h>

static enum ar_status bind_scope(struct ar_session *s, struct user_sql *user, const struct ar_column *column)
{
    const struct shard_limit *limit = &s->link.options.shard;

    if (!ar_shard_fits(limit, column))
        return ar_shard_refuse_type(limit, column, &s->store.failure);
    user->parameters[user->parameter_count++] = (struct parameter){
        .value = limit->value, .column = column, .is_untyped = user->has_dollars && limit->value.kind == AR_VALUE_BLOB};
    return AR_OK;
}

/* ---- AR_SQL ------------------------------------------------------------------------------------------------------ */

enum ar_status ar_user_sql_limit(struct ar_session *s, const struct ar_statement *statement, struct user_sql *user)
{
    const struct shard_limit *limit = &s->link.options.shard;

    if (statement->scope != NULL && !limit->is_scoped)
        return ar_fail(&s->store.failure, AR_MISUSE, statement->row, NULL,
                       "%s has the parameter :scope, but the session has no .scope: run it in a session of one tenant",
                       statement->name);
    if (statement->all_shards && limit->is_any)
        return ar_fail(&s->store.failure, AR_MISUSE, statement->row, NULL,
                       "%s has .all_shards, but the session has .%s: run it in a session without it", statement->name,
                       limit->is_scoped ? "scope" : "one_shard");
    user->is_limited = true;
    return statement->scope != NULL ? bind_scope(s, user, statement->scope) : AR_OK;
}

/* ---- SQL that is given at run time ------------------------------------------------------------------------------- */

/* Text in which `:scope` is replaced. */
struct rewriting {
    struct arena_text text;
    const char *copied; /* the end of what was added */
    const char *placeholder;
    bool is_found;
};

static void add_part(struct rewriting *rewriting, const char *end)
{
    ar_arena_text_append(&rewriting->text, rewriting->copied, (size_t)(end - rewriting->copied));
    rewriting->copied = end;
}

/* Replace each `:scope` that is neither in a string, a name or a comment nor part of a cast (`::`). What has no end is
 * left to the database, which refuses it. */
static void replace_scope(struct rewriting *rewriting, enum script_language language)
{
    static const char name[] = "scope";
    enum token kind = TOKEN_OTHER;
    const char *end;

    for (const char *at = rewriting->copied; kind != TOKEN_END && kind != TOKEN_BROKEN; at = end) {
        end = ar_scan_token(language, at, &kind);
        if (kind != TOKEN_OTHER || *at != ':')
            continue;
        end = ar_scan_token(language, at + 1, &kind); /* of a cast, the second colon */
        if (kind != TOKEN_WORD || (size_t)(end - at) != sizeof name || strncmp(at + 1, name, sizeof name - 1) != 0)
            continue;
        add_part(rewriting, at);
        ar_arena_text_add(&rewriting->text, rewriting->placeholder, NULL);
        rewriting->copied = end;
        rewriting->is_found = true;
    }
    add_part(rewriting, rewriting->copied + strlen(rewriting->copied));
}

/* For messages: the parameter `:scope`. */
static const struct ar_model scope_model = {.name = "the statement", .table = "the statement"};

static struct ar_column scope_column(const struct ar_value *value)
{
    return (struct ar_column){.model = &scope_model,
                              .field = ":scope",
                              .name = ":scope",
                              .sql = ":scope",
                              .size = (uint32_t)value->bytes.size,
                              .type = (uint8_t)(value->kind == AR_VALUE_BLOB ? AR_TYPE_UUID : ar_user_sql_type(value))};
}

/* Return the column that decides how the scope is encoded: the shard key of the rows, if it fits. */
static const struct ar_column *column_of_scope(const struct ar_session *s, const struct user_sql *user,
                                               struct arena *arena)
{
    const struct shard_limit *limit = &s->link.options.shard;
    const struct ar_column *shard_key = user->row != NULL ? user->row->shard_key : NULL;
    struct ar_column *column;

    if (shard_key != NULL)
        return shard_key;
    column = ar_arena_allocate(arena, sizeof *column);
    if (column != NULL)
        *column = scope_column(&limit->value);
    return column;
}

enum ar_status ar_user_sql_limit_dynamic(struct ar_session *s, struct user_sql *user)
{
    struct arena *arena = &s->store.scratch;
    const struct dialect *dialect = &s->link.db->driver->dialect;
    const struct shard_limit *limit = &s->link.options.shard;
    const struct ar_column *column = limit->is_scoped ? column_of_scope(s, user, arena) : NULL;
    char placeholder[24];
    struct rewriting rewriting = {.text = {.arena = arena}, .copied = user->sql, .placeholder = placeholder};

    if (!limit->is_scoped)
        return ar_execute_refuse_if_limited(s, user->name);
    (void)snprintf(placeholder, sizeof placeholder, "$%zu", user->parameter_count + 1);
    replace_scope(&rewriting, dialect->has_dollar_quotes ? SCRIPT_POSTGRESQL : SCRIPT_SQLITE);
    if (column == NULL || rewriting.text.out_of_memory)
        return ar_fail_no_memory(&s->store.failure);
    if (!rewriting.is_found)
        return ar_fail(
            &s->store.failure, AR_MISUSE, user->row, NULL,
            "%s: the session has .scope, but the SQL has no :scope: compare the shard key of each table with "
            "it, or run the statement in a session without .scope",
            user->name);
    user->sql = rewriting.text.data;
    user->is_limited = true;
    return bind_scope(s, user, column);
}
