/* PostgreSQL's own grammar, from libpg_query, if the tool was built with it. */
#include "check.h"
#include "check_sql.h"

#ifdef ARMATURE_PG_QUERY
#include "sql_lexer.h"

#include <pg_query.h>

#include <string.h>

static const char letters_and_digits[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/* Return the text with `$1` in place of each `:name`, at the same offsets. In `[1:2]`, the colon is an operator. */
static char *with_placeholders(struct arena *arena, const char *sql)
{
    struct sql_lexer lexer = {.at = sql, .is_statement = true};
    char *copy = arena_text(arena, sql);
    while (sql_lexer_next(&lexer) != SQL_TOKEN_END) {
        size_t offset = (size_t)(lexer.start - sql), length = strspn(lexer.at, letters_and_digits);
        bool is_slice = *lexer.at >= '0' && *lexer.at <= '9';
        if (lexer.length != 1 || *lexer.start != ':' || length == 0 || is_slice)
            continue;
        memset(copy + offset, ' ', length + 1);
        copy[offset] = '$';
        copy[offset + 1] = '1';
        lexer.at += length;
    }
    return copy;
}

/* Return the message, with the name of the parameter at the place instead of its placeholder. */
static const char *with_name(const struct sql_check *check, const char *message, size_t place)
{
    const char *placeholder = strstr(message, "\"$1\""), *name = check->sql + place;
    if (placeholder == NULL || *name != ':')
        return message;
    return arena_print(check->set->arena, "%.*s\"%.*s\"", (int)(placeholder - message), message,
                       (int)(1 + strspn(name + 1, letters_and_digits)), name);
}

bool check_sql_grammar(const struct sql_check *check)
{
    PgQueryParseResult result = pg_query_parse(with_placeholders(check->set->arena, check->sql));
    bool done = result.error == NULL;
    if (!done) {
        size_t place = sql_character(check->sql, (size_t)(result.error->cursorpos > 0 ? result.error->cursorpos : 1));
        sql_fail(check, place, "PostgreSQL refuses the statement: %s", with_name(check, result.error->message, place));
        if (check->statement->is_shared)
            diagnostic_help(check->set->diagnostics,
                            "if this is SQL of SQLite only, give PostgreSQL its own text: .postgresql = \"…\"");
    }
    pg_query_free_parse_result(result);
    return done;
}

bool sql_is_postgresql(const struct sql_check *check)
{
    PgQueryParseResult result = pg_query_parse(with_placeholders(check->set->arena, check->sql));
    bool is_accepted = result.error == NULL;
    pg_query_free_parse_result(result);
    return is_accepted;
}

void check_sql_note(struct model_set *set)
{
    (void)set;
}

const char *check_sql_grammar_name(void)
{
    return "the grammar of PostgreSQL " PG_MAJORVERSION;
}

#else

static bool has_statements(struct model *const *models, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (models[i]->statement_count > 0)
            return true;
    return false;
}

void check_sql_note(struct model_set *set)
{
    if (!has_statements(set->models, set->model_count) && !has_statements(set->rows, set->row_count))
        return;
    diagnostic_note(set->diagnostics, (struct location){0},
                    "the SQL for PostgreSQL was not parsed: this tool was built without libpg_query");
    diagnostic_help(set->diagnostics, "install libpg-query-dev and build it again, or check it on a server with "
                                      "--database-url");
}

const char *check_sql_grammar_name(void)
{
    return "no grammar of PostgreSQL";
}

bool check_sql_grammar(const struct sql_check *check)
{
    (void)check;
    return true;
}

bool sql_is_postgresql(const struct sql_check *check)
{
    (void)check;
    return false;
}

#endif
