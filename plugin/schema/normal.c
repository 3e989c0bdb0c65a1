/* Normal forms of names and expressions.
 *
 * An expression becomes a list of tokens, each with a space after it, so that forms are compared as strings. */
#include "normal.h"

#include "name.h"
#include "sql_reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- Names ------------------------------------------------------------------------------------------------------- */

bool normal_is_same_name(const struct dialect *dialect, const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    return dialect->id == DIALECT_SQLITE ? strcasecmp(left, right) == 0 : strcmp(left, right) == 0;
}

bool normal_are_same_names(const struct dialect *dialect, const struct schema_names *left,
                           const struct schema_names *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!normal_is_same_name(dialect, left->items[i], right->items[i]))
            return false;
    return true;
}

/* ---- Tokens ------------------------------------------------------------------------------------------------------ */

struct form {
    struct sql_reader reader;
    enum normal_level level;
    bool after_literal; /* the token before is a literal, so that its type follows from its use */
    struct text out;
};

static void add(struct form *form, const char *token)
{
    text_print(&form->out, "%s ", token);
}

/* Skip a type after a `::`: a name of one or more words, arguments, and brackets. */
static void skip_type(struct sql_reader *reader)
{
    (void)sql_reader_name(reader);
    while (sql_reader_take(reader, "."))
        (void)sql_reader_name(reader);
    while (sql_reader_take(reader, "varying") || sql_reader_take(reader, "precision"))
        continue;
    (void)sql_reader_parenthesized(reader);
    (void)(sql_reader_take_words(reader, "with time zone") || sql_reader_take_words(reader, "without time zone"));
    while (sql_reader_take(reader, "["))
        while (reader->kind != SQL_TOKEN_END && !sql_reader_take(reader, "]"))
            sql_reader_next(reader);
}

/* Add what is in OPERATOR(pg_catalog.…), whose first word is the current token, or return false. */
static bool add_operator(struct form *form)
{
    struct sql_reader *reader = &form->reader;
    struct sql_reader start = *reader;
    bool is_operator = sql_reader_take(reader, "operator") && sql_reader_take(reader, "(") &&
                       sql_reader_take(reader, "pg_catalog") && sql_reader_take(reader, ".");
    if (!is_operator) {
        *reader = start;
        return false;
    }
    for (; reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ")"); sql_reader_next(reader))
        add(form, arena_copy(reader->arena, reader->start, reader->length));
    sql_reader_next(reader);
    return true;
}

/* Skip a parenthesis, the words of CAST(... AS type), an alias, or the table of a column. */
static bool skip_decoration(struct sql_reader *reader)
{
    struct sql_reader start = *reader;
    if (sql_reader_take(reader, "(") || sql_reader_take(reader, ")") ||
        (sql_reader_take(reader, "cast") && sql_reader_take(reader, "(")))
        return true;
    *reader = start;
    if (sql_reader_take(reader, "as")) {
        skip_type(reader);
        return true;
    }
    bool is_name = reader->kind == SQL_TOKEN_WORD || reader->kind == SQL_TOKEN_NAME;
    sql_reader_next(reader);
    if (is_name && sql_reader_take(reader, "."))
        return true;
    *reader = start;
    return false;
}

/* Skip `pg_catalog.`, and what else does not matter. Return true if something was skipped. */
static bool skip_noise(struct form *form)
{
    struct sql_reader *reader = &form->reader;
    struct sql_reader start = *reader;
    if (sql_reader_take(reader, "pg_catalog") && sql_reader_take(reader, "."))
        return true;
    *reader = start;
    if ((form->after_literal || form->level == NORMAL_LOOSE) && sql_reader_take(reader, "::")) {
        skip_type(reader);
        return true;
    }
    return form->level == NORMAL_LOOSE && skip_decoration(reader);
}

/* Return the current token, which is a word or a quoted name, in one form; SQLite ignores the case of both. */
static const char *name_token(struct sql_reader *reader)
{
    bool is_word = reader->kind == SQL_TOKEN_WORD;
    const char *name = is_word ? NULL : sql_reader_name(reader);
    if (is_word) {
        name = arena_copy(reader->arena, reader->start, reader->length);
        sql_reader_next(reader);
    }
    if (is_word || reader->dialect == DIALECT_SQLITE)
        name = name_folded(reader->arena, name);
    bool is_plain = name[strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789")] == '\0' && *name > '9';
    return is_plain ? name : arena_print(reader->arena, "\"%s\"", name);
}

static const char *symbol_token(struct sql_reader *reader)
{
    const char *token = arena_copy(reader->arena, reader->start, reader->length);
    sql_reader_next(reader);
    if (strcmp(token, "!=") == 0)
        return "<>";
    return strcmp(token, "==") == 0 ? "=" : token;
}

/* PostgreSQL prints a negative number as a string: '-1'::integer. */
static void add_string(struct form *form)
{
    struct sql_reader *reader = &form->reader;
    const char *token = symbol_token(reader), *digits = token + 1 + (token[1] == '-');
    size_t length = strspn(digits, "0123456789.");
    if (!sql_reader_is(reader, "::") || length == 0 || strcmp(digits + length, "'") != 0) {
        add(form, token);
        return;
    }
    if (token[1] == '-')
        add(form, "-");
    add(form, arena_copy(reader->arena, digits, length));
}

/* Skip now(), which is CURRENT_TIMESTAMP by another name. */
static bool take_now(struct sql_reader *reader)
{
    struct sql_reader start = *reader;
    if (reader->dialect == DIALECT_POSTGRESQL && sql_reader_take(reader, "now") && sql_reader_take(reader, "(") &&
        sql_reader_take(reader, ")"))
        return true;
    *reader = start;
    return false;
}

static void add_token(struct form *form)
{
    struct sql_reader *reader = &form->reader;
    enum sql_token kind = reader->kind;
    if (take_now(reader)) {
        add(form, "current_timestamp");
        return;
    }
    form->after_literal = kind == SQL_TOKEN_STRING || kind == SQL_TOKEN_NUMBER || sql_reader_is(reader, "null");
    if (kind == SQL_TOKEN_STRING)
        add_string(form);
    else if (kind == SQL_TOKEN_WORD || kind == SQL_TOKEN_NAME)
        add(form, name_token(reader));
    else
        add(form, symbol_token(reader));
}

/* ---- What PostgreSQL rewrites ------------------------------------------------------------------------------------ */

/* Pairs of tokens: as written, and as printed. */
static const char *const rewritten[][2] = {
    {" not in ", " <> all array [ "},
    {" in ", " = any array [ "},
    {" not like ", " !~~ "},
    {" like ", " ~~ "},
    {" not ilike ", " !~~* "},
    {" ilike ", " ~~* "},
    {" ! ~ ~ * ", " !~~* "},
    {" ! ~ ~ ", " !~~ "},
    {" ~ ~ * ", " ~~* "},
    {" ~ ~ ", " ~~ "},
    {" ] ", " "},
};

static const char *replace_all(struct arena *arena, const char *text, const char *from, const char *to)
{
    for (const char *found = strstr(text, from); found != NULL; found = strstr(text, from))
        text = arena_print(arena, "%.*s%s%s", (int)(found - text), text, to, found + strlen(from));
    return text;
}

/* Replace `a between b and c` by `a >= b and a <= c`, if each is one token. */
static const char *expand_between(struct arena *arena, const char *text)
{
    static const char between[] = " between ";
    const char *found = strstr(text, between);
    while (found != NULL) {
        const char *operand = found;
        while (operand > text && operand[-1] != ' ')
            operand--;
        const char *low = found + strlen(between), *and = strstr(low, " and ");
        if (and == NULL)
            return text;
        int before = (int)(found - text), length = (int)(found - operand);
        const char *start =
            arena_print(arena, "%.*s >= %.*s and %.*s <= ", before, text, (int)(and-low), low, length, operand);
        text = arena_print(arena, "%s%s", start, and+strlen(" and "));
        found = strstr(text + strlen(start), between);
    }
    return text;
}

static const char *loose(struct arena *arena, const char *text)
{
    text = arena_print(arena, " %s", text);
    for (size_t i = 0; i < sizeof rewritten / sizeof *rewritten; i++)
        text = replace_all(arena, text, rewritten[i][0], rewritten[i][1]);
    return expand_between(arena, text);
}

/* ---- Expressions ------------------------------------------------------------------------------------------------- */

static const char *form_of(struct arena *arena, const struct dialect *dialect, enum normal_level level, const char *sql)
{
    struct form form = {.level = level};
    sql_reader_start(&form.reader, arena, dialect->id, sql_without_parentheses(arena, dialect->id, sql));
    while (form.reader.kind != SQL_TOKEN_END)
        if (!skip_noise(&form) && !add_operator(&form))
            add_token(&form);
    const char *text = arena_text(arena, form.out.data != NULL ? form.out.data : "");
    text_free(&form.out);
    return level == NORMAL_LOOSE ? loose(arena, text) : text;
}

bool normal_is_same_sql(struct arena *arena, const struct dialect *dialect, enum normal_level level, const char *left,
                        const char *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    return strcmp(form_of(arena, dialect, level, left), form_of(arena, dialect, level, right)) == 0;
}
