/* Statements of AR_SQL: their classification by the words in them, and their SQL for each database. */
#include "statement.h"
#include "output.h"
#include "sql_lexer.h"

#include <string.h>

size_t statement_parameter(const struct sql_statement *statement, const char *name, size_t length)
{
    size_t i = 0;
    while (i < statement->parameter_count && (strncmp(statement->parameters[i].member.field, name, length) != 0 ||
                                              statement->parameters[i].member.field[length] != '\0'))
        i++;
    return i;
}

size_t statement_argument_count(const struct sql_statement *statement)
{
    size_t count = statement->parameter_count;
    return count > 0 && statement->parameters[count - 1].is_scope ? count - 1 : count;
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

static bool is_any_word(const struct sql_lexer *lexer, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sql_lexer_is_word(lexer, words[i]))
            return true;
    return false;
}

/* The verb of a statement or of a WITH query is its first word, or follows a parenthesis: `replace(a, b, c)` and
 * `FOR UPDATE` are neither. Another first word, as in TRUNCATE TABLE, is that of a command that may write. */
static void classify_text(const char *text, bool *returns_rows, bool *writes)
{
    static const char *const reads[] = {"select", "values", "table"};
    static const char *const changes[] = {"insert", "update", "delete", "replace", "merge"};
    static const char *const others[] = {"with", "explain", "show", "pragma", "set", "reset"};
    struct sql_lexer lexer = {.at = text, .is_statement = true};
    bool has_verb = false, is_first = true, is_start = true;
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;) {
        bool is_word = token == SQL_TOKEN_WORD, is_call = lexer.at[strspn(lexer.at, " \t\r\n\v\f")] == '(';
        bool is_change = is_word && is_any_word(&lexer, changes, sizeof changes / sizeof *changes) && !is_call;
        if (is_change && (is_start || (lexer.depth == 0 && !has_verb))) {
            *writes = true;
            has_verb = has_verb || lexer.depth == 0;
        } else if (is_word && lexer.depth == 0 && !has_verb &&
                   is_any_word(&lexer, reads, sizeof reads / sizeof *reads)) {
            *returns_rows = has_verb = true;
        } else if (is_first && is_word && !is_any_word(&lexer, others, sizeof others / sizeof *others)) {
            *writes = has_verb = true;
        } else if (is_word && lexer.depth == 0 && sql_lexer_is_word(&lexer, "returning")) {
            *returns_rows = true;
        }
        is_first = false;
        is_start = token == SQL_TOKEN_SYMBOL && *lexer.start == '(';
    }
}

void statement_classify(struct sql_statement *statement)
{
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        classify_text(statement->text[i].text, &statement->returns_rows, &statement->writes);
}

/* ---- The SQL of a dialect ---------------------------------------------------------------------------------------- */

/* The text that was written, and the latest `IN (`, which a list replaces. */
struct rewriting {
    struct text out;
    struct arena *arena;
    const char *text;
    struct statement_sql *result;
    const struct dialect *dialect;
    size_t in; /* where it begins in `out`, with the NOT before it */
    bool is_negated;
    unsigned matched; /* of `IN (`: number of tokens that the latest ones match */
};

/* A list of strings has no type of PostgreSQL's own, which its operators would need. */
static void add_list(struct rewriting *rewriting, const struct sql_parameter *parameter, size_t number)
{
    const struct dialect *dialect = rewriting->dialect;
    const struct column_cast *cast = dialect->has_casts ? parameter->member.cast : NULL;
    rewriting->out.length = rewriting->in;
    text_print(&rewriting->out, "%s%s%s%zu", rewriting->is_negated ? dialect->not_in_list : dialect->in_list,
               cast != NULL ? "CAST(" : "", dialect->placeholder, number);
    if (cast != NULL)
        text_print(&rewriting->out, " AS %s[])", cast->type);
    text_add(&rewriting->out, dialect->list_end);
}

/* What was added since `start` is in place of the parameter up to `end`. */
static void note_piece(struct rewriting *rewriting, size_t start, const char *parameter, const char *end)
{
    struct statement_sql *result = rewriting->result;
    list_add(rewriting->arena, result->pieces, result->piece_count) = (struct statement_piece){
        .start = start,
        .end = rewriting->out.length,
        .written_start = (size_t)(parameter - rewriting->text),
        .written_end = (size_t)(end - rewriting->text),
    };
}

/* Note a token that is copied. */
static void follow_in(struct rewriting *rewriting, const struct sql_lexer *lexer, enum sql_token token, size_t start,
                      size_t *before_not)
{
    if (token == SQL_TOKEN_WORD && sql_lexer_is_word(lexer, "in")) {
        rewriting->is_negated = *before_not != SIZE_MAX;
        rewriting->in = rewriting->is_negated ? *before_not : start;
        rewriting->matched = 1;
    } else
        rewriting->matched = rewriting->matched == 1 && *lexer->start == '(' ? 2 : 0;
    *before_not = token == SQL_TOKEN_WORD && sql_lexer_is_word(lexer, "not") ? start : SIZE_MAX;
}

struct statement_sql statement_rewrite(struct arena *arena, const struct sql_statement *statement,
                                       const struct dialect *dialect)
{
    struct statement_sql result = {0};
    enum dialect_id id = dialect == &dialect_postgresql ? DIALECT_POSTGRESQL : DIALECT_SQLITE;
    const char *text = statement->text[id].text, *copied = text;
    struct sql_lexer lexer = {.at = text, .is_statement = true};
    struct rewriting rewriting = {.arena = arena, .text = text, .result = &result, .dialect = dialect};
    size_t before_not = SIZE_MAX;
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;) {
        size_t length = strspn(lexer.at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        size_t index = *lexer.start == ':' && lexer.length == 1 ? statement_parameter(statement, lexer.at, length)
                                                                : statement->parameter_count;
        text_print(&rewriting.out, "%.*s", (int)(lexer.start - copied), copied);
        copied = lexer.at;
        if (index == statement->parameter_count) {
            size_t start = rewriting.out.length;
            text_print(&rewriting.out, "%.*s", (int)lexer.length, lexer.start);
            follow_in(&rewriting, &lexer, token, start, &before_not);
            continue;
        }
        const char *parameter = lexer.start;
        size_t start = rewriting.out.length;
        lexer.at += length;
        if (rewriting.matched == 2 && statement->parameters[index].is_list) {
            (void)sql_lexer_next(&lexer); /* the closing parenthesis */
            start = rewriting.in;
            add_list(&rewriting, &statement->parameters[index], index + 1);
        } else
            text_print(&rewriting.out, "%s%zu", dialect->placeholder, index + 1);
        copied = lexer.at;
        rewriting.matched = 0;
        note_piece(&rewriting, start, parameter, copied);
    }
    result.sql = arena_text(arena, rewriting.out.data);
    text_free(&rewriting.out);
    return result;
}

const char *statement_sql(struct arena *arena, const struct sql_statement *statement, const struct dialect *dialect)
{
    return statement_rewrite(arena, statement, dialect).sql;
}

size_t statement_written(const struct statement_sql *sql, size_t offset)
{
    size_t end = 0, written_end = 0;
    for (size_t i = 0; i < sql->piece_count && sql->pieces[i].start <= offset; i++) {
        if (offset < sql->pieces[i].end)
            return sql->pieces[i].written_start;
        end = sql->pieces[i].end;
        written_end = sql->pieces[i].written_end;
    }
    return written_end + (offset - end);
}
