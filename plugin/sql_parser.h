/* Declarations that the parts of the parser share. A function that parses returns NULL or false if it does not
 * understand what it finds; parse_failed then makes the callers give up. */
#ifndef ARMATURE_PLUGIN_SQL_PARSER_H
#define ARMATURE_PLUGIN_SQL_PARSER_H

#include "sql_lexer.h"
#include "sql_tree.h"

struct sql_item {
    enum sql_token kind;
    size_t start, length; /* in the text */
};

struct sql_parser {
    struct arena *arena;
    const char *sql;
    struct sql_item *items; /* the tokens; the last one is SQL_TOKEN_END */
    size_t count;
    size_t at; /* the index of the next one */
    struct sql_string_alias string_alias;
    unsigned depth; /* of calls, which is limited */
    bool failed;    /* calls are too deep, or it is not a statement */
};

/* Return the next token, or one after it; the last one if there are fewer. */
const struct sql_item *parser_peek(const struct sql_parser *parser, size_t ahead);

/* Return true if the next token, or one after it, is the keyword or symbol. Keywords are in lower case. */
bool parser_is(const struct sql_parser *parser, size_t ahead, const char *text);

/* Take the next token if it is the keyword or symbol. */
bool parser_take(struct sql_parser *parser, const char *text);

/* Return the end of the token before the next one. */
size_t parser_end(const struct sql_parser *parser);

/* Return the name that the token is, without quotes; NULL if it is not a name, or a keyword that cannot be one here. */
const char *parser_name(struct sql_parser *parser, size_t ahead);
const char *parser_take_name(struct sql_parser *parser);

/* Take the string after an expression, AS or a name, and note the first one of the statement. Return its value. */
const char *parser_take_string(struct sql_parser *parser);

/* Take the name of a type with its words and its arguments. Return the first word, or NULL. */
const char *parser_take_type(struct sql_parser *parser);

/* Take `(a, b)` if it is next. Return false if it is not a list of names. */
bool parser_take_names(struct sql_parser *parser, const char ***names, size_t *count);

/* Skip to the closing parenthesis of one that was taken, and take it. */
void parser_skip_parentheses(struct sql_parser *parser);

/* Return a new expression that begins at the offset and ends at the token before the next one. */
struct sql_expression *parser_node(struct sql_parser *parser, enum sql_expression_kind kind, size_t start);

/* Add an item. */
void parser_add(struct sql_parser *parser, struct sql_expression *to, struct sql_expression *item);

/* Begin and end a function that may call itself. Return false, and make the parser fail, if the depth is too great. */
bool parser_enter(struct sql_parser *parser);
void parser_leave(struct sql_parser *parser);

/* Parse an expression. One that is not understood is skipped and unknown. */
struct sql_expression *parse_expression(struct sql_parser *parser);

/* Parse an expression without operators: a literal, a name, a call, CASE, or one in parentheses. */
struct sql_expression *parse_value(struct sql_parser *parser);

/* Parse expressions that are separated by commas. */
void parse_expressions(struct sql_parser *parser, struct sql_expression ***items, size_t *count);

/* Return true if a query is next. */
bool parser_is_query(const struct sql_parser *parser);

/* Parse a query with its WITH, its set operations, ORDER BY and LIMIT. */
struct sql_query *parse_query(struct sql_parser *parser);

/* Parse WITH, if it is next. */
void parse_common_tables(struct sql_parser *parser, struct sql_query *query);

/* Parse what follows SELECT or RETURNING, and what follows FROM. */
void parse_results(struct sql_parser *parser, struct sql_select *select);
void parse_sources(struct sql_parser *parser, struct sql_select *select);

#endif
