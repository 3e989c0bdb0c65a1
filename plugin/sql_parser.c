/* Tokens of a statement, and what the parts of the parser share. Calls have a limited depth, so that any text can be
 * parsed. */
#include "sql_parser.h"
#include "sql_parse.h"

#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 200 };

/* Keywords that end an expression or a table, so that they cannot be its alias. */
static const char *const reserved[] = {
    "and",       "as",     "asc",     "between",     "case",   "collate", "cross", "desc",   "do",     "else",
    "end",       "escape", "except",  "exists",      "fetch",  "filter",  "for",   "from",   "full",   "group",
    "having",    "in",     "inner",   "intersect",   "is",     "isnull",  "join",  "left",   "like",   "limit",
    "natural",   "not",    "notnull", "nulls",       "offset", "on",      "or",    "order",  "outer",  "over",
    "returning", "right",  "select",  "set",         "then",   "union",   "using", "values", "when",   "where",
    "window",    "with",   "indexed", "tablesample", "within", "glob",    "ilike", "match",  "regexp", "similar",
};

const struct sql_item *parser_peek(const struct sql_parser *parser, size_t ahead)
{
    size_t index = parser->at + ahead;
    return &parser->items[index < parser->count ? index : parser->count - 1];
}

static bool item_is(const struct sql_parser *parser, const struct sql_item *item, const char *text)
{
    return (item->kind == SQL_TOKEN_WORD || item->kind == SQL_TOKEN_SYMBOL) && item->length == strlen(text) &&
           strncasecmp(parser->sql + item->start, text, item->length) == 0;
}

bool parser_is(const struct sql_parser *parser, size_t ahead, const char *text)
{
    return item_is(parser, parser_peek(parser, ahead), text);
}

bool parser_take(struct sql_parser *parser, const char *text)
{
    if (!parser_is(parser, 0, text))
        return false;
    parser->at++;
    return true;
}

size_t parser_end(const struct sql_parser *parser)
{
    const struct sql_item *last = &parser->items[parser->at - 1];
    return last->start + last->length;
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static bool is_reserved(const struct sql_parser *parser, const struct sql_item *item)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (item_is(parser, item, reserved[i]))
            return true;
    return false;
}

/* Return the name or string between quotes, without the doubling of quotes in it. */
static const char *unquoted(struct arena *arena, const char *text, size_t length)
{
    char *name = arena_take(arena, length), *out = name;
    for (size_t i = 1; i + 1 < length; i++) {
        *out++ = text[i];
        i += text[i] == text[0];
    }
    return name;
}

const char *parser_name(struct sql_parser *parser, size_t ahead)
{
    const struct sql_item *item = parser_peek(parser, ahead);
    if (item->kind == SQL_TOKEN_NAME)
        return unquoted(parser->arena, parser->sql + item->start, item->length);
    if (item->kind != SQL_TOKEN_WORD || is_reserved(parser, item))
        return NULL;
    return arena_copy(parser->arena, parser->sql + item->start, item->length);
}

const char *parser_take_name(struct sql_parser *parser)
{
    const char *name = parser_name(parser, 0);
    parser->at += name != NULL;
    return name;
}

const char *parser_take_string(struct sql_parser *parser)
{
    const struct sql_item *item = parser_peek(parser, 0);
    const char *value = unquoted(parser->arena, parser->sql + item->start, item->length);
    if (parser->string_alias.name == NULL)
        parser->string_alias = (struct sql_string_alias){.name = value, .start = item->start};
    parser->at++;
    return value;
}

const char *parser_take_type(struct sql_parser *parser)
{
    const char *name = parser_take_name(parser);
    if (!parser_take(parser, "precision"))
        parser_take(parser, "varying");
    if (parser_take(parser, "("))
        parser_skip_parentheses(parser);
    if ((parser_is(parser, 0, "with") || parser_is(parser, 0, "without")) && parser_is(parser, 1, "time") &&
        parser_is(parser, 2, "zone"))
        parser->at += 3;
    return name;
}

bool parser_take_names(struct sql_parser *parser, const char ***names, size_t *count)
{
    if (!parser_take(parser, "("))
        return true;
    do {
        const char *name = parser_take_name(parser);
        if (name == NULL)
            return false;
        list_add(parser->arena, *names, *count) = name;
    } while (parser_take(parser, ","));
    return parser_take(parser, ")");
}

void parser_skip_parentheses(struct sql_parser *parser)
{
    for (unsigned depth = 1; depth > 0 && parser_peek(parser, 0)->kind != SQL_TOKEN_END; parser->at++) {
        depth += parser_is(parser, 0, "(");
        depth -= parser_is(parser, 0, ")");
    }
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

struct sql_expression *parser_node(struct sql_parser *parser, enum sql_expression_kind kind, size_t start)
{
    struct sql_expression *node = arena_take(parser->arena, sizeof *node);
    size_t end = parser_end(parser); /* less than `start` if there is no token */
    *node = (struct sql_expression){.kind = kind, .start = start, .end = end > start ? end : start};
    return node;
}

void parser_add(struct sql_parser *parser, struct sql_expression *to, struct sql_expression *item)
{
    list_add(parser->arena, to->items, to->count) = item;
}

bool parser_enter(struct sql_parser *parser)
{
    parser->depth++;
    parser->failed = parser->failed || parser->depth > DEPTH_MAX;
    return !parser->failed;
}

void parser_leave(struct sql_parser *parser)
{
    parser->depth--;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Return false if the text has something that is not a token. */
static bool read_items(struct sql_parser *parser)
{
    struct sql_lexer lexer = {.at = parser->sql, .is_statement = true};
    enum sql_token kind;
    do {
        kind = sql_lexer_next(&lexer);
        list_add(parser->arena, parser->items, parser->count) =
            (struct sql_item){kind, (size_t)(lexer.start - parser->sql), kind != SQL_TOKEN_END ? lexer.length : 0};
    } while (kind != SQL_TOKEN_END);
    return lexer.error == NULL;
}

static bool parse_returning(struct sql_parser *parser, struct sql_tree *tree)
{
    size_t start = parser_peek(parser, 0)->start;
    if (!parser_take(parser, "returning"))
        return parser_peek(parser, 0)->kind == SQL_TOKEN_END;
    tree->returning->start = start;
    parse_results(parser, tree->returning);
    return !parser->failed && parser_peek(parser, 0)->kind == SQL_TOKEN_END;
}

/* column = value, or (columns) = (values), or (columns) = (query), of which each column gets something unknown. */
static bool parse_assignment(struct sql_parser *parser, struct sql_tree *tree)
{
    const char **columns = NULL;
    size_t count = 0;
    if (!parser_take_names(parser, &columns, &count))
        return false;
    if (count == 0)
        list_add(parser->arena, columns, count) = parser_take_name(parser);
    if (columns[0] == NULL || !parser_take(parser, "="))
        return false;
    struct sql_expression *value = parse_expression(parser);
    bool is_row = value->kind == SQL_LIST && value->count == count;
    for (size_t i = 0; i < count; i++)
        list_add(parser->arena, tree->assignments, tree->assignment_count) =
            (struct sql_assignment){columns[i], is_row ? value->items[i] : value};
    return true;
}

static bool parse_assignments(struct sql_parser *parser, struct sql_tree *tree)
{
    do
        if (!parse_assignment(parser, tree))
            return false;
    while (!parser->failed && parser_take(parser, ","));
    return !parser->failed;
}

/* Parse the table that a statement writes, as the first source of RETURNING. */
static bool parse_target(struct sql_parser *parser, struct sql_tree *tree)
{
    struct sql_source source = {.name = parser_take_name(parser)};
    if (source.name != NULL && parser_take(parser, ".")) {
        source.schema = source.name;
        source.name = parser_take_name(parser);
    }
    if (source.name == NULL)
        return false;
    if (parser_take(parser, "as") || !parser_is(parser, 0, "default"))
        source.alias = parser_take_name(parser);
    tree->table = source.name;
    tree->returning = arena_take(parser->arena, sizeof *tree->returning);
    list_add(parser->arena, tree->returning->sources, tree->returning->source_count) = source;
    return true;
}

/* Skip ON CONFLICT … up to its DO UPDATE SET, whose assignments are like those of UPDATE. */
static bool parse_conflict(struct sql_parser *parser, struct sql_tree *tree)
{
    while (parser_take(parser, "on")) {
        while (!parser_is(parser, 0, "do") && parser_peek(parser, 0)->kind != SQL_TOKEN_END)
            parser->at++;
        if (!parser_take(parser, "do"))
            return false;
        if (parser_take(parser, "nothing"))
            continue;
        if (!parser_take(parser, "update") || !parser_take(parser, "set") || !parse_assignments(parser, tree))
            return false;
        if (parser_take(parser, "where"))
            parse_expression(parser);
    }
    return !parser->failed;
}

static bool parse_insert(struct sql_parser *parser, struct sql_tree *tree)
{
    tree->kind = SQL_STATEMENT_INSERT;
    if (parser_take(parser, "or"))
        parser->at++;
    if (!parser_take(parser, "into") || !parse_target(parser, tree) ||
        !parser_take_names(parser, &tree->columns, &tree->column_count))
        return false;
    struct sql_query *with = tree->query;
    if (parser_take(parser, "default")) {
        if (!parser_take(parser, "values"))
            return false;
    } else {
        tree->query = parse_query(parser);
        if (tree->query == NULL)
            return false;
        if (with != NULL) { /* the query can have its own WITH, which follows */
            for (size_t i = 0; i < tree->query->table_count; i++)
                list_add(parser->arena, with->tables, with->table_count) = tree->query->tables[i];
            tree->query->tables = with->tables;
            tree->query->table_count = with->table_count;
        }
    }
    return parse_conflict(parser, tree) && parse_returning(parser, tree);
}

static bool parse_change(struct sql_parser *parser, struct sql_tree *tree, bool is_update)
{
    tree->kind = SQL_STATEMENT_CHANGE;
    if (is_update && parser_take(parser, "or"))
        parser->at++;
    if ((!is_update && !parser_take(parser, "from")) || !parse_target(parser, tree))
        return false;
    if (is_update && (!parser_take(parser, "set") || !parse_assignments(parser, tree)))
        return false;
    if (parser_take(parser, "from") || parser_take(parser, "using"))
        parse_sources(parser, tree->returning);
    if (parser_take(parser, "where")) {
        struct sql_expression *condition = parse_expression(parser);
        list_add(parser->arena, tree->returning->filters, tree->returning->filter_count) = condition;
    }
    return !parser->failed && parse_returning(parser, tree);
}

static bool parse_statement(struct sql_parser *parser, struct sql_tree *tree)
{
    if (parser_is_query(parser)) {
        size_t start = parser->at;
        tree->query = parse_query(parser);
        tree->kind = SQL_STATEMENT_SELECT;
        if (tree->query != NULL)
            return parser_peek(parser, 0)->kind == SQL_TOKEN_END;
        parser->at = start;
    }
    if (parser_is(parser, 0, "with")) {
        tree->query = arena_take(parser->arena, sizeof *tree->query);
        parser->failed = false;
        parse_common_tables(parser, tree->query);
    }
    if (parser->failed)
        return false;
    if (parser_take(parser, "insert") || parser_take(parser, "replace"))
        return parse_insert(parser, tree);
    if (parser_take(parser, "update"))
        return parse_change(parser, tree, true);
    return parser_take(parser, "delete") && parse_change(parser, tree, false);
}

struct sql_tree *sql_parse(struct arena *arena, const char *sql)
{
    struct sql_parser parser = {.arena = arena, .sql = sql};
    struct sql_tree *tree = arena_take(arena, sizeof *tree);
    if (!read_items(&parser) || !parse_statement(&parser, tree))
        *tree = (struct sql_tree){.kind = SQL_STATEMENT_UNKNOWN};
    tree->string_alias = parser.string_alias;
    return tree;
}
