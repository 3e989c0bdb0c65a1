/* The parser of expressions, with the precedences of SQLite. PostgreSQL's differ only where both operators need the
 * same inference. */
#include "sql_parser.h"

#include <string.h>
#include <strings.h>

/* From the weakest to the strongest. NOT is between AND and comparisons. */
enum level {
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_EQUAL,
    LEVEL_ORDER,
    LEVEL_BITS,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_OTHER,
    LEVEL_UNARY
};

static const struct {
    const char *text;
    enum level level;
} operators[] = {
    {"or", LEVEL_OR},       {"and", LEVEL_AND},     {"=", LEVEL_EQUAL},      {"==", LEVEL_EQUAL},
    {"<>", LEVEL_EQUAL},    {"!=", LEVEL_EQUAL},    {"like", LEVEL_EQUAL},   {"glob", LEVEL_EQUAL},
    {"ilike", LEVEL_EQUAL}, {"match", LEVEL_EQUAL}, {"regexp", LEVEL_EQUAL}, {"<", LEVEL_ORDER},
    {"<=", LEVEL_ORDER},    {">", LEVEL_ORDER},     {">=", LEVEL_ORDER},     {"&", LEVEL_BITS},
    {"|", LEVEL_BITS},      {"<<", LEVEL_BITS},     {">>", LEVEL_BITS},      {"+", LEVEL_SUM},
    {"-", LEVEL_SUM},       {"*", LEVEL_PRODUCT},   {"/", LEVEL_PRODUCT},    {"%", LEVEL_PRODUCT},
};

/* Keywords and symbols that end an expression. */
static const char *const ends[] = {
    ",",      ")",    "]",     "from", "where", "group", "having", "order", "limit", "offset",  "union",  "intersect",
    "except", "on",   "using", "join", "left",  "right", "full",   "inner", "cross", "natural", "window", "returning",
    "as",     "when", "then",  "else", "end",   "asc",   "desc",   "nulls", "fetch", "for",     "do",
};

static struct sql_expression *parse_level(struct sql_parser *parser, enum level level);

/* ---- Operators --------------------------------------------------------------------------------------------------- */

enum { OPERATOR_MAX = 8 };

/* Read the operator that is next: a keyword, or all symbols without space between them. Return the number of tokens,
 * or 0. As in PostgreSQL, only operators with unusual characters end in a sign. */
static size_t read_operator(const struct sql_parser *parser, char text[OPERATOR_MAX])
{
    const struct sql_item *first = parser_peek(parser, 0);
    size_t count = 0;
    if (first->kind == SQL_TOKEN_WORD) {
        if (first->length >= OPERATOR_MAX)
            return 0;
        memcpy(text, parser->sql + first->start, first->length);
        text[first->length] = '\0';
        return 1;
    }
    for (; count < OPERATOR_MAX - 1; count++) {
        const struct sql_item *item = parser_peek(parser, count);
        if (item->kind != SQL_TOKEN_SYMBOL || item->length != 1 || item->start != first->start + count ||
            strchr("+-*/<>=~!@#%^&|?", parser->sql[item->start]) == NULL)
            break;
        text[count] = parser->sql[item->start];
    }
    text[count] = '\0';
    while (count > 1 && strchr("+-", text[count - 1]) != NULL && strpbrk(text, "~!@#%^&|?") == NULL)
        text[--count] = '\0';
    return count;
}

/* Take an operator of the level. Return its name, or NULL. */
static const char *take_operator(struct sql_parser *parser, enum level level)
{
    char text[OPERATOR_MAX];
    size_t count = read_operator(parser, text);
    bool is_word = parser_peek(parser, 0)->kind == SQL_TOKEN_WORD;
    if (count == 0)
        return NULL;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strcasecmp(text, operators[i].text) == 0) {
            parser->at += operators[i].level == level ? count : 0;
            return operators[i].level == level ? operators[i].text : NULL;
        }
    if (level != LEVEL_OTHER || is_word)
        return NULL;
    parser->at += count;
    return arena_text(parser->arena, text);
}

static struct sql_expression *operation(struct sql_parser *parser, const char *name, struct sql_expression *left,
                                        struct sql_expression *right)
{
    struct sql_expression *node = parser_node(parser, SQL_OPERATOR, left->start);
    node->name = name;
    parser_add(parser, node, left);
    if (right != NULL)
        parser_add(parser, node, right);
    return node;
}

/* ---- Comparisons ------------------------------------------------------------------------------------------------- */

/* IS [NOT] [DISTINCT FROM] value. IS [NOT] UNKNOWN is like NULL. */
static struct sql_expression *parse_is(struct sql_parser *parser, struct sql_expression *left)
{
    bool is_negated = parser_take(parser, "not"), is_distinct = false;
    if (parser_is(parser, 0, "distinct") && parser_is(parser, 1, "from")) {
        parser->at += 2;
        is_distinct = true;
    }
    struct sql_expression *right =
        parser_take(parser, "unknown") ? parser_node(parser, SQL_NULL, left->end) : parse_level(parser, LEVEL_ORDER);
    if (right == NULL)
        return NULL;
    struct sql_expression *node = parser_node(parser, SQL_IS, left->start);
    node->is_negated = is_negated != is_distinct;
    parser_add(parser, node, left);
    parser_add(parser, node, right);
    return node;
}

static struct sql_expression *parse_in(struct sql_parser *parser, struct sql_expression *left, bool is_negated)
{
    struct sql_expression *node = parser_node(parser, SQL_IN, left->start);
    node->is_negated = is_negated;
    parser_add(parser, node, left);
    if (!parser_take(parser, "(")) {
        struct sql_expression *set = parse_level(parser, LEVEL_ORDER); /* a table, or a parameter without parentheses */
        if (set == NULL)
            return NULL;
        parser_add(parser, node, set);
        node->end = parser_end(parser);
        return node;
    }
    node->is_grouped = true;
    if (parser_is_query(parser)) {
        node->query = parse_query(parser);
        if (node->query == NULL)
            return NULL;
    } else if (!parser_is(parser, 0, ")")) {
        do
            parser_add(parser, node, parse_expression(parser));
        while (!parser->failed && parser_take(parser, ","));
    }
    if (!parser_take(parser, ")"))
        return NULL;
    node->end = parser_end(parser);
    return node;
}

static struct sql_expression *parse_between(struct sql_parser *parser, struct sql_expression *left)
{
    parser_take(parser, "symmetric");
    struct sql_expression *low = parse_level(parser, LEVEL_ORDER);
    if (low == NULL || !parser_take(parser, "and"))
        return NULL;
    struct sql_expression *high = parse_level(parser, LEVEL_ORDER);
    if (high == NULL)
        return NULL;
    struct sql_expression *node = operation(parser, "between", left, low);
    parser_add(parser, node, high);
    return node;
}

static struct sql_expression *null_test(struct sql_parser *parser, struct sql_expression *left, bool is_negated)
{
    struct sql_expression *node = parser_node(parser, SQL_IS, left->start);
    node->is_negated = is_negated;
    parser_add(parser, node, left);
    parser_add(parser, node, parser_node(parser, SQL_NULL, parser_end(parser)));
    return node;
}

/* LIKE and others, with their ESCAPE. */
static struct sql_expression *parse_equal(struct sql_parser *parser, struct sql_expression *left)
{
    const char *name = take_operator(parser, LEVEL_EQUAL);
    struct sql_expression *right = name != NULL ? parse_level(parser, LEVEL_ORDER) : NULL;
    if (right == NULL)
        return NULL;
    if (parser_take(parser, "escape") && parse_level(parser, LEVEL_ORDER) == NULL)
        return NULL;
    return operation(parser, name, left, right);
}

/* Parse what follows the left operand. Return the operand itself if nothing of this level does. */
static struct sql_expression *parse_comparison(struct sql_parser *parser, struct sql_expression *left)
{
    if (parser_take(parser, "is"))
        return parse_is(parser, left);
    if (parser_take(parser, "isnull"))
        return null_test(parser, left, false);
    if (parser_take(parser, "notnull"))
        return null_test(parser, left, true);
    bool is_negated = parser_is(parser, 0, "not");
    if (is_negated && parser_is(parser, 1, "null")) {
        parser->at += 2;
        return null_test(parser, left, true);
    }
    parser->at += is_negated;
    if (parser_take(parser, "in"))
        return parse_in(parser, left, is_negated);
    struct sql_expression *node;
    if (parser_take(parser, "between"))
        node = parse_between(parser, left);
    else
        node = parse_equal(parser, left);
    return node != NULL || is_negated ? node : left;
}

static struct sql_expression *parse_comparisons(struct sql_parser *parser)
{
    struct sql_expression *left = parse_level(parser, LEVEL_ORDER);
    while (left != NULL && !parser->failed) {
        size_t before = parser->at;
        struct sql_expression *node = parse_comparison(parser, left);
        if (node == left || node == NULL)
            return parser->at == before ? left : NULL;
        left = node;
    }
    return left;
}

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

/* COLLATE name, ::type. */
static struct sql_expression *parse_suffixes(struct sql_parser *parser, struct sql_expression *left)
{
    while (left != NULL && !parser->failed) {
        if (parser_take(parser, "collate")) {
            if (parser_take_name(parser) == NULL)
                return NULL;
            left->end = parser_end(parser);
        } else if (parser_take(parser, "::")) {
            struct sql_expression *node = parser_node(parser, SQL_CAST, left->start);
            node->name = parser_take_type(parser);
            parser_add(parser, node, left);
            if (parser_is(parser, 0, "["))
                node->kind = SQL_UNKNOWN;
            node->end = parser_end(parser);
            left = node;
        } else
            return left;
    }
    return left;
}

static struct sql_expression *parse_unary(struct sql_parser *parser)
{
    static const char *const signs[] = {"-", "+", "~"};
    size_t start = parser_peek(parser, 0)->start;
    if (!parser_enter(parser))
        return NULL;
    struct sql_expression *node = NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs && node == NULL; i++)
        if (parser_take(parser, signs[i])) {
            struct sql_expression *operand = parse_unary(parser);
            if (operand != NULL) {
                node = operation(parser, signs[i], operand, NULL);
                node->start = start;
            }
            parser_leave(parser);
            return node;
        }
    node = parse_suffixes(parser, parse_value(parser));
    parser_leave(parser);
    return node;
}

static struct sql_expression *parse_not(struct sql_parser *parser)
{
    size_t start = parser_peek(parser, 0)->start;
    if (!parser_take(parser, "not"))
        return parse_comparisons(parser);
    if (!parser_enter(parser))
        return NULL;
    struct sql_expression *operand = parse_not(parser), *node = NULL;
    if (operand != NULL) {
        node = operation(parser, "not", operand, NULL);
        node->start = start;
    }
    parser_leave(parser);
    return node;
}

/* AND and OR have all their operands in one node, so that a long condition is not a deep tree. */
static struct sql_expression *joined(struct sql_parser *parser, enum level level, const char *name,
                                     struct sql_expression *left, struct sql_expression *right)
{
    bool is_chain = level <= LEVEL_AND && left->kind == SQL_OPERATOR && left->name == name && left->count > 1;
    if (!is_chain)
        return operation(parser, name, left, right);
    parser_add(parser, left, right);
    left->end = parser_end(parser);
    return left;
}

static struct sql_expression *parse_level(struct sql_parser *parser, enum level level)
{
    if (level == LEVEL_UNARY)
        return parse_unary(parser);
    if (level == LEVEL_NOT)
        return parse_not(parser);
    struct sql_expression *left = parse_level(parser, level + 1);
    while (left != NULL && !parser->failed) {
        const char *name = take_operator(parser, level);
        if (name == NULL)
            return left;
        struct sql_expression *right = parse_level(parser, level + 1);
        left = right != NULL ? joined(parser, level, name, left, right) : NULL;
    }
    return left;
}

/* ---- Expressions ------------------------------------------------------------------------------------------------- */

static bool is_end(const struct sql_parser *parser)
{
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (parser_is(parser, 0, ends[i]))
            return true;
    return false;
}

/* Skip the rest of an expression that is not understood. */
static struct sql_expression *skip_expression(struct sql_parser *parser, size_t start)
{
    unsigned brackets = 0;
    while (parser_peek(parser, 0)->kind != SQL_TOKEN_END && (brackets > 0 || !is_end(parser))) {
        bool is_open = parser_is(parser, 0, "(");
        brackets += parser_is(parser, 0, "[");
        brackets -= brackets > 0 && parser_is(parser, 0, "]");
        parser->at++;
        if (is_open)
            parser_skip_parentheses(parser);
    }
    return parser_node(parser, SQL_UNKNOWN, start);
}

struct sql_expression *parse_expression(struct sql_parser *parser)
{
    size_t before = parser->at, start = parser_peek(parser, 0)->start;
    struct sql_expression *node = NULL;
    if (parser_enter(parser))
        node = parse_level(parser, LEVEL_OR);
    parser_leave(parser);
    bool is_complete = node != NULL && (parser_peek(parser, 0)->kind != SQL_TOKEN_SYMBOL || is_end(parser));
    if (is_complete)
        return node;
    parser->at = before;
    return skip_expression(parser, start);
}

void parse_expressions(struct sql_parser *parser, struct sql_expression ***items, size_t *count)
{
    do {
        struct sql_expression *item = parse_expression(parser);
        list_add(parser->arena, *items, *count) = item;
    } while (!parser->failed && parser_take(parser, ","));
}
