/* The tokens of SQL that a database or a dump contains. */
#include "sql_reader.h"

#include "name.h"
#include "output.h"
#include "sql_escape.h"

#include <string.h>
#include <strings.h>

static const char spaces[] = " \t\r\n\v\f";

/* ---- Tokens ------------------------------------------------------------------------------------------------------ */

static bool is_word(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '$' ||
           (unsigned char)character >= 0x80;
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* Comments of PostgreSQL are nested, those of SQLite are not. */
static const char *after_comment(struct sql_reader *reader, const char *at)
{
    size_t depth = 0;
    do {
        bool is_nested = depth == 0 || reader->dialect == DIALECT_POSTGRESQL;
        bool is_open = is_nested && strncmp(at, "/*", 2) == 0, is_close = strncmp(at, "*/", 2) == 0;
        if (is_open)
            depth++;
        else if (is_close)
            depth--;
        at += is_open || is_close ? 2 : 1;
    } while (depth > 0 && *at != '\0');
    if (depth > 0)
        reader->is_cut = true;
    return at;
}

static const char *after_space(struct sql_reader *reader, const char *at)
{
    for (;;) {
        at += strspn(at, spaces);
        if (strncmp(at, "--", 2) == 0)
            at += strcspn(at, "\n");
        else if (strncmp(at, "/*", 2) == 0)
            at = after_comment(reader, at);
        else
            return at;
    }
}

static char closing_quote(char open)
{
    if (open == '[')
        return ']';
    return open;
}

/* A doubled quote is part of the string; so is one after a backslash, if there are escapes. */
static const char *after_quoted(struct sql_reader *reader, const char *at, bool has_escapes)
{
    char quote = closing_quote(*at);
    for (at++; *at != '\0'; at++) {
        if (has_escapes && *at == '\\' && at[1] != '\0')
            at++;
        else if (*at == quote && (*++at != quote || quote == ']'))
            return at;
    }
    reader->is_cut = true;
    return at;
}

/* Return the end of $tag$string$tag$, or NULL if it is not one. */
static const char *after_dollar(struct sql_reader *reader, const char *at)
{
    size_t length = 1;
    while (at[length] != '$' && is_word(at[length]))
        length++;
    if (at[length] != '$' || is_digit(at[1]))
        return NULL;
    length++;
    for (const char *end = at + length; *end != '\0'; end++)
        if (*end == '$' && strncmp(end, at, length) == 0)
            return end + length;
    reader->is_cut = true;
    return at + strlen(at);
}

static const char *after_word(const char *at)
{
    while (is_word(*at))
        at++;
    return at;
}

static const char *after_number(const char *at)
{
    at = after_word(at);
    if (*at == '.')
        at = after_word(at + 1);
    if ((at[-1] == 'e' || at[-1] == 'E') && (*at == '+' || *at == '-'))
        at = after_word(at + 1);
    return at;
}

static bool is_escaped(const struct sql_reader *reader)
{
    return reader->dialect == DIALECT_POSTGRESQL && (*reader->start == 'e' || *reader->start == 'E');
}

/* X'…' and E'…' are strings; a word of PostgreSQL does not begin with $. */
static const char *read_word(struct sql_reader *reader)
{
    const char *at = reader->start;
    if (at[1] == '\'' && strchr("eExXbBnN", *at) != NULL) {
        reader->kind = SQL_TOKEN_STRING;
        return after_quoted(reader, at + 1, is_escaped(reader));
    }
    reader->kind = SQL_TOKEN_WORD;
    return after_word(at);
}

static const char *read_symbol(const struct sql_reader *reader)
{
    static const char *const pairs[] = {"::", "<=", ">=", "<>", "!=", "||", "==", "<<", ">>", "->"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strncmp(reader->start, pairs[i], 2) == 0)
            return reader->start + 2;
    return reader->start + 1;
}

static const char *read_token(struct sql_reader *reader)
{
    const char *start = reader->start;
    bool is_sqlite = reader->dialect == DIALECT_SQLITE;
    if (*start == '\'' || *start == '"' || (is_sqlite && (*start == '`' || *start == '['))) {
        reader->kind = *start == '\'' ? SQL_TOKEN_STRING : SQL_TOKEN_NAME;
        return after_quoted(reader, start, false);
    }
    const char *after = *start == '$' && !is_sqlite ? after_dollar(reader, start) : NULL;
    reader->kind = after != NULL ? SQL_TOKEN_STRING : SQL_TOKEN_NUMBER;
    if (after != NULL)
        return after;
    if (is_digit(*start) || (*start == '.' && is_digit(start[1])))
        return after_number(start);
    if (is_word(*start) && *start != '$')
        return read_word(reader);
    reader->kind = SQL_TOKEN_SYMBOL;
    return read_symbol(reader);
}

void sql_reader_next(struct sql_reader *reader)
{
    reader->previous_end = reader->at;
    reader->start = after_space(reader, reader->at);
    reader->kind = SQL_TOKEN_END;
    reader->at = *reader->start != '\0' ? read_token(reader) : reader->start;
    reader->length = (size_t)(reader->at - reader->start);
}

void sql_reader_start(struct sql_reader *reader, struct arena *arena, enum dialect_id dialect, const char *text)
{
    *reader = (struct sql_reader){.arena = arena, .dialect = dialect, .at = text};
    sql_reader_next(reader);
}

bool sql_reader_is(const struct sql_reader *reader, const char *token)
{
    return (reader->kind == SQL_TOKEN_WORD || reader->kind == SQL_TOKEN_SYMBOL) && strlen(token) == reader->length &&
           strncasecmp(reader->start, token, reader->length) == 0;
}

bool sql_reader_take(struct sql_reader *reader, const char *token)
{
    if (!sql_reader_is(reader, token))
        return false;
    sql_reader_next(reader);
    return true;
}

bool sql_reader_take_words(struct sql_reader *reader, const char *words)
{
    struct sql_reader before = *reader;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        if (reader->kind != SQL_TOKEN_WORD || reader->length != length ||
            strncasecmp(reader->start, words, length) != 0) {
            *reader = before;
            return false;
        }
        sql_reader_next(reader);
        words += length + (words[length] == ' ');
    }
    return true;
}

/* ---- Names and strings ------------------------------------------------------------------------------------------- */

/* Return the contents of a quoted token, in which a doubled quote is one. */
static char *unquoted(struct arena *arena, const char *start, size_t length)
{
    char quote = closing_quote(*start);
    bool is_closed = length > 1 && start[length - 1] == quote;
    const char *end = start + length - (is_closed ? 1 : 0);
    char *copy = arena_take(arena, length + 1), *out = copy;
    for (const char *at = start + 1; at < end; at++) {
        *out++ = *at;
        if (*at == quote)
            at++;
    }
    return copy;
}

const char *sql_reader_name(struct sql_reader *reader)
{
    const char *name;
    if (reader->kind == SQL_TOKEN_WORD) {
        name = arena_copy(reader->arena, reader->start, reader->length);
        name = reader->dialect == DIALECT_POSTGRESQL ? name_folded(reader->arena, name) : name;
    } else if (reader->kind == SQL_TOKEN_NAME ||
               (reader->kind == SQL_TOKEN_STRING && *reader->start == '\'' && reader->dialect == DIALECT_SQLITE)) {
        name = unquoted(reader->arena, reader->start, reader->length);
    } else {
        return NULL;
    }
    sql_reader_next(reader);
    return name;
}

bool sql_reader_names(struct sql_reader *reader, const char ***names, size_t *count)
{
    if (!sql_reader_take(reader, "("))
        return false;
    do {
        const char *name = sql_reader_name(reader);
        if (name == NULL)
            return false;
        list_add(reader->arena, *names, *count) = name;
    } while (sql_reader_take(reader, ","));
    return sql_reader_take(reader, ")");
}

const char *sql_reader_string(const struct sql_reader *reader)
{
    const char *start = reader->start;
    size_t length = reader->length;
    if (*start == '$') {
        size_t tag = (size_t)(strchr(start + 1, '$') - start) + 1;
        return arena_copy(reader->arena, start + tag, length > 2 * tag ? length - 2 * tag : 0);
    }
    if (is_escaped(reader))
        return sql_unescaped(reader->arena, start + 1, length - 1);
    size_t prefix = *start == '\'' ? 0 : 1;
    return unquoted(reader->arena, start + prefix, length - prefix);
}

/* ---- Expressions ------------------------------------------------------------------------------------------------- */

/* Add the current token to the line, after a space if the text has one or a comment, and skip it. */
static void add_token(struct sql_reader *reader, struct text *line)
{
    if (line->length > 0 && reader->start > reader->previous_end)
        text_add(line, " ");
    text_print(line, "%.*s", (int)reader->length, reader->start);
    sql_reader_next(reader);
}

static bool is_outer_end(const struct sql_reader *reader, bool (*is_end)(const struct sql_reader *reader))
{
    return sql_reader_is(reader, ",") || sql_reader_is(reader, ";") || sql_reader_is(reader, ")") ||
           (is_end != NULL && is_end(reader));
}

const char *sql_reader_until(struct sql_reader *reader, bool (*is_end)(const struct sql_reader *reader))
{
    struct text line = {0};
    size_t depth = 0;
    while (reader->kind != SQL_TOKEN_END && (depth > 0 || !is_outer_end(reader, is_end))) {
        if (sql_reader_is(reader, "("))
            depth++;
        else if (sql_reader_is(reader, ")"))
            depth--;
        add_token(reader, &line);
    }
    return text_take(reader->arena, &line);
}

const char *sql_reader_parenthesized(struct sql_reader *reader)
{
    struct text line = {0};
    if (!sql_reader_take(reader, "("))
        return NULL;
    for (size_t depth = 1; reader->kind != SQL_TOKEN_END; add_token(reader, &line)) {
        if (sql_reader_is(reader, "("))
            depth++;
        else if (sql_reader_is(reader, ")") && --depth == 0)
            break;
    }
    sql_reader_take(reader, ")");
    return text_take(reader->arena, &line);
}

const char *sql_on_one_line(struct arena *arena, enum dialect_id dialect, const char *sql)
{
    struct sql_reader reader;
    struct text line = {0};
    sql_reader_start(&reader, arena, dialect, sql);
    while (reader.kind != SQL_TOKEN_END)
        add_token(&reader, &line);
    return text_take(arena, &line);
}

const char *sql_without_parentheses(struct arena *arena, enum dialect_id dialect, const char *sql)
{
    for (;;) {
        struct sql_reader reader;
        sql_reader_start(&reader, arena, dialect, sql);
        const char *inner = sql_reader_parenthesized(&reader);
        if (inner == NULL || reader.kind != SQL_TOKEN_END)
            return sql;
        sql = inner;
    }
}
