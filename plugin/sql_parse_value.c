/* The parser of expressions without operators: literals, names, calls, CASE, CAST and queries. */
#include "sql_parser.h"

#include <string.h>
#include <strings.h>

/* ---- Functions --------------------------------------------------------------------------------------------------- */

/* FILTER (WHERE …) and OVER. */
static void parse_window(struct sql_parser *parser, struct sql_expression *node)
{
    if (parser_is(parser, 0, "within") && parser_is(parser, 1, "group") && parser_is(parser, 2, "(")) {
        parser->at += 3;
        parser_skip_parentheses(parser);
        node->kind = SQL_UNKNOWN;
    }
    if (parser_is(parser, 0, "filter") && parser_is(parser, 1, "(")) {
        parser->at += 2;
        parser_skip_parentheses(parser);
        node->has_filter = true;
    }
    if (!parser_take(parser, "over"))
        return;
    node->is_window = true;
    node->has_frame = !parser_is(parser, 0, "(");
    if (node->has_frame) {
        parser_take_name(parser);
        return;
    }
    size_t from = ++parser->at;
    parser_skip_parentheses(parser);
    size_t end = parser->at;
    for (parser->at = from; parser->at < end; parser->at++)
        if (parser_is(parser, 0, "rows") || parser_is(parser, 0, "range") || parser_is(parser, 0, "groups"))
            node->has_frame = true;
}

static struct sql_expression *parse_function(struct sql_parser *parser, const char *name, size_t start)
{
    struct sql_expression *node = parser_node(parser, SQL_FUNCTION, start);
    char *lower = arena_text(parser->arena, name);
    for (char *at = lower; *at != '\0'; at++)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    node->name = lower;
    parser->at++;
    if (!parser_take(parser, "distinct"))
        parser_take(parser, "all");
    if (parser_is(parser, 0, "*") && parser_is(parser, 1, ")")) {
        node->has_star = true;
        parser->at++;
    } else if (!parser_is(parser, 0, ")")) {
        do
            parser_add(parser, node, parse_expression(parser));
        while (!parser->failed && parser_take(parser, ","));
    }
    if (!parser_take(parser, ")")) { /* ORDER BY among the arguments, or keywords: extract(year FROM day) */
        bool is_ordered = parser_is(parser, 0, "order");
        parser_skip_parentheses(parser);
        node->kind = is_ordered ? node->kind : SQL_UNKNOWN;
    }
    parse_window(parser, node);
    node->end = parser_end(parser);
    return node;
}

/* ---- Primary expressions ----------------------------------------------------------------------------------------- */

static struct sql_expression *parse_case(struct sql_parser *parser, size_t start)
{
    struct sql_expression *node = parser_node(parser, SQL_CASE, start);
    if (!parser_is(parser, 0, "when")) {
        node->has_value = true;
        parser_add(parser, node, parse_expression(parser));
    }
    while (!parser->failed && parser_take(parser, "when")) {
        parser_add(parser, node, parse_expression(parser));
        if (!parser_take(parser, "then"))
            return NULL;
        parser_add(parser, node, parse_expression(parser));
    }
    node->has_else = parser_take(parser, "else");
    if (node->has_else)
        parser_add(parser, node, parse_expression(parser));
    if (!parser_take(parser, "end"))
        return NULL;
    node->end = parser_end(parser);
    return node;
}

static struct sql_expression *parse_cast(struct sql_parser *parser, size_t start)
{
    struct sql_expression *node = parser_node(parser, SQL_CAST, start);
    parser->at++;
    parser_add(parser, node, parse_expression(parser));
    if (!parser_take(parser, "as"))
        return NULL;
    node->name = parser_take_type(parser);
    if (!parser_is(parser, 0, ")")) /* an array */
        node->kind = SQL_UNKNOWN;
    parser_skip_parentheses(parser);
    node->end = parser_end(parser);
    return node->name != NULL ? node : NULL;
}

static struct sql_expression *parse_subquery(struct sql_parser *parser, enum sql_expression_kind kind, size_t start)
{
    struct sql_query *query = parse_query(parser);
    if (query == NULL || !parser_take(parser, ")"))
        return NULL;
    struct sql_expression *node = parser_node(parser, kind, start);
    node->query = query;
    return node;
}

static struct sql_expression *parse_parentheses(struct sql_parser *parser, size_t start)
{
    if (parser_is_query(parser))
        return parse_subquery(parser, SQL_SUBQUERY, start);
    struct sql_expression *first = parse_expression(parser);
    if (parser_take(parser, ")")) {
        first->start = start;
        first->end = parser_end(parser);
        return first;
    }
    struct sql_expression *list = parser_node(parser, SQL_LIST, start);
    parser_add(parser, list, first);
    while (!parser->failed && parser_take(parser, ","))
        parser_add(parser, list, parse_expression(parser));
    if (!parser_take(parser, ")"))
        return NULL;
    list->end = parser_end(parser);
    return list;
}

/* A literal, or the name of a function without parentheses. */
static struct sql_expression *parse_word(struct sql_parser *parser, size_t start)
{
    static const struct {
        const char *word;
        enum sql_expression_kind kind;
    } words[] = {
        {"null", SQL_NULL},
        {"true", SQL_BOOLEAN},
        {"false", SQL_BOOLEAN},
        {"current_timestamp", SQL_FUNCTION},
        {"current_date", SQL_FUNCTION},
        {"current_time", SQL_FUNCTION},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (parser_take(parser, words[i].word)) {
            struct sql_expression *node = parser_node(parser, words[i].kind, start);
            node->name = words[i].word;
            return node;
        }
    return NULL;
}

/* name, qualifier.name, schema.table.name, or a call. */
static struct sql_expression *parse_name(struct sql_parser *parser, size_t start)
{
    const char *qualifier = NULL, *name = parser_take_name(parser);
    for (int i = 0; i < 2 && name != NULL && parser_take(parser, "."); i++) {
        qualifier = name;
        name = parser_take_name(parser);
    }
    if (name == NULL)
        return NULL;
    if (parser_is(parser, 0, "("))
        return parse_function(parser, name, start);
    if (parser_peek(parser, 0)->kind == SQL_TOKEN_STRING) { /* x'00', or a typed literal: date '2026-01-01' */
        bool is_blob = strcasecmp(name, "x") == 0;
        if (is_blob)
            parser->at++;
        else
            parser_take_string(parser);
        struct sql_expression *node = parser_node(parser, is_blob ? SQL_BLOB : SQL_CAST, start);
        if (!is_blob) {
            node->name = name;
            parser_add(parser, node, parser_node(parser, SQL_TEXT, start));
        }
        return node;
    }
    struct sql_expression *node = parser_node(parser, SQL_COLUMN, start);
    node->name = name;
    node->qualifier = qualifier;
    return node;
}

static struct sql_expression *parse_number(struct sql_parser *parser, const struct sql_item *item)
{
    parser->at++;
    const char *text = arena_copy(parser->arena, parser->sql + item->start, item->length);
    struct sql_expression *node =
        parser_node(parser, strpbrk(text, ".eE") != NULL ? SQL_REAL : SQL_INTEGER, item->start);
    node->name = text;
    return node;
}

struct sql_expression *parse_value(struct sql_parser *parser)
{
    const struct sql_item *item = parser_peek(parser, 0);
    size_t start = item->start;
    if (item->kind == SQL_TOKEN_NUMBER)
        return parse_number(parser, item);
    if (item->kind == SQL_TOKEN_STRING) {
        parser->at++;
        return parser_node(parser, SQL_TEXT, start);
    }
    if (parser_is(parser, 0, ":") && parser_peek(parser, 1)->kind == SQL_TOKEN_WORD) {
        const struct sql_item *name = parser_peek(parser, 1);
        parser->at += 2;
        struct sql_expression *node = parser_node(parser, SQL_PARAMETER, start);
        node->name = arena_copy(parser->arena, parser->sql + name->start, name->length);
        return node;
    }
    if (parser_take(parser, "("))
        return parse_parentheses(parser, start);
    if (parser_take(parser, "case"))
        return parse_case(parser, start);
    if (parser_is(parser, 0, "cast") && parser_is(parser, 1, "(")) {
        parser->at++;
        return parse_cast(parser, start);
    }
    if (parser_is(parser, 0, "exists") && parser_is(parser, 1, "(")) {
        parser->at += 2;
        return parser_is_query(parser) ? parse_subquery(parser, SQL_EXISTS, start) : NULL;
    }
    struct sql_expression *word = parse_word(parser, start);
    return word != NULL ? word : parse_name(parser, start);
}
