/* The parameters of user SQL: each is declared and used, a list is in IN (…), and types fit. */
#include "check_sql.h"
#include "sql_lexer.h"
#include "statement.h"

#include <string.h>

static const char letters_and_digits[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

static void fail_unknown(const struct sql_check *check, size_t offset, const char *name)
{
    const struct sql_statement *statement = check->statement;
    struct suggestion suggestion = {.wanted = name};
    for (size_t i = 0; i < statement->parameter_count; i++)
        suggestion_offer(&suggestion, statement->parameters[i].member.field);
    sql_fail(check, offset, "there is no parameter `:%s`", name);
    if (suggestion.name != NULL)
        suggestion.name = arena_print(check->set->arena, ":%s", suggestion.name);
    sql_help_similar(
        check, &suggestion,
        arena_print(check->set->arena, "declare it: AR_SQL(%s, (int64_t %s, …), …)", statement->name, name));
}

/* Placeholders of a database would collide with those that replace the parameters. In PostgreSQL, `?` and `@` are
 * operators. */
static bool check_placeholder(const struct sql_check *check, const struct sql_lexer *lexer, enum sql_token token)
{
    const char *start = lexer->start;
    bool is_postgresql = check->dialect == DIALECT_POSTGRESQL;
    bool is_placeholder = token == SQL_TOKEN_SYMBOL && strchr(is_postgresql ? "$" : "$?@", *start) != NULL;
    if (start > check->sql && strchr(letters_and_digits, start[-1]) != NULL) /* a name: sum$1 */
        is_placeholder = false;
    if (!is_placeholder)
        return true;
    sql_fail(check, (size_t)(lexer->start - check->sql), "`%.*s` is not a declared parameter", (int)lexer->length,
             start);
    diagnostic_help(check->set->diagnostics, "declare it with a name: AR_SQL(%s, (int64_t id, …), …), and write :id",
                    check->statement->name);
    return false;
}

static bool check_unused(const struct sql_check *check, const bool *used)
{
    const struct sql_statement *statement = check->statement;
    bool done = true;
    for (size_t i = 0; i < statement->parameter_count; i++) {
        if (used[i])
            continue;
        const char *name = statement->parameters[i].member.field;
        diagnostic_error(check->set->diagnostics, statement->at, "AR_SQL(%s): the parameter `%s` is never used%s",
                         statement->name, name, check->dialect == DIALECT_POSTGRESQL ? " in `.postgresql`" : "");
        diagnostic_help(check->set->diagnostics, "remove it, or write :%s in the SQL", name);
        done = false;
    }
    return done;
}

/* Return false after an error. */
static bool check_list(const struct sql_check *check, size_t offset, size_t index, bool is_in_list)
{
    const struct sql_parameter *parameter = &check->statement->parameters[index];
    if (!parameter->is_list || is_in_list)
        return true;
    sql_fail(check, offset, "`:%s` is a list, which can only be in parentheses after IN", parameter->member.field);
    diagnostic_help(check->set->diagnostics, "write IN (:%s)", parameter->member.field);
    return false;
}

bool check_sql_parameters(const struct sql_check *check)
{
    const struct sql_statement *statement = check->statement;
    struct sql_lexer lexer = {.at = check->sql, .is_statement = true};
    bool *used = arena_take(check->set->arena, statement->parameter_count + 1);
    unsigned in = 0; /* the number of tokens of `IN (` that the latest ones are */
    bool done = true;
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;) {
        size_t offset = (size_t)(lexer.start - check->sql);
        size_t length = strspn(lexer.at, letters_and_digits);
        bool is_slice = check->dialect == DIALECT_POSTGRESQL && *lexer.at >= '0' && *lexer.at <= '9'; /* [1:2] */
        bool is_parameter = lexer.length == 1 && *lexer.start == ':' && length > 0 && !is_slice;
        if (!is_parameter) {
            done = check_placeholder(check, &lexer, token) && done;
            bool is_open = in == 1 && *lexer.start == '(';
            in = token == SQL_TOKEN_WORD && sql_lexer_is_word(&lexer, "in") ? 1 : is_open ? 2 : 0;
            continue;
        }
        size_t index = statement_parameter(statement, lexer.at, length);
        if (index == statement->parameter_count) {
            fail_unknown(check, offset, arena_copy(check->set->arena, lexer.at, length));
            done = false;
        } else {
            used[index] = true;
            const char *after = lexer.at + length;
            bool is_alone = after[strspn(after, " \t\r\n\v\f")] == ')';
            done = check_list(check, offset, index, in == 2 && is_alone) && done;
        }
        lexer.at += length;
        in = 0;
    }
    return check_unused(check, used) && done;
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static void fail_use(const struct sql_check *check, const struct sql_use *use, const struct member *parameter)
{
    struct arena *arena = check->set->arena;
    const struct member *column = use->value.column;
    const char *what = column != NULL ? arena_print(arena, "the column `%s`, which is %s", column->name,
                                                    sql_class_name(use->value.class))
                                      : sql_class_name(use->value.class);
    sql_fail(check, use->start, "the parameter `%s` is %s, but it is %s %s", parameter->field,
             sql_class_name(sql_class_of(parameter)), use->is_assigned ? "assigned to" : "compared with", what);
    diagnostic_help(check->set->diagnostics, "declare the parameter with the type of the column, or write a CAST");
}

void check_sql_uses(const struct sql_check *check)
{
    for (size_t i = 0; i < check->inference.use_count; i++) {
        const struct sql_use *use = &check->inference.uses[i];
        const struct member *parameter = name_map_find(&check->parameters, use->parameter);
        if (parameter == NULL)
            continue;
        if (!sql_fits(&use->value, parameter))
            fail_use(check, use, parameter);
        else
            check_sql_form(check, use->start, &use->value, parameter,
                           arena_print(check->set->arena, "parameter `%s`", parameter->field));
    }
}
