/* The parser of queries: WITH, set operations, SELECT, VALUES and FROM. */
#include "sql_parser.h"

#include <string.h>

bool parser_is_query(const struct sql_parser *parser)
{
    size_t ahead = 0;
    while (parser_is(parser, ahead, "("))
        ahead++;
    return parser_is(parser, ahead, "select") || parser_is(parser, ahead, "with") || parser_is(parser, ahead, "values");
}

static void *fail(struct sql_parser *parser)
{
    parser->failed = true;
    return NULL;
}

/* ---- Results ----------------------------------------------------------------------------------------------------- */

/* Take an alias: AS name, or the name alone. SQLite also accepts a string. */
static const char *take_alias(struct sql_parser *parser)
{
    bool is_explicit = parser_take(parser, "as");
    const struct sql_item *item = parser_peek(parser, 0);
    if (item->kind == SQL_TOKEN_STRING)
        return parser_take_string(parser);
    if (is_explicit && item->kind == SQL_TOKEN_WORD) { /* after AS, any keyword can be a name */
        parser->at++;
        return arena_copy(parser->arena, parser->sql + item->start, item->length);
    }
    return parser_take_name(parser);
}

static void parse_result(struct sql_parser *parser, struct sql_select *select)
{
    struct sql_result result = {.start = parser_peek(parser, 0)->start};
    const char *qualifier = parser_name(parser, 0);
    if (parser_take(parser, "*"))
        ;
    else if (qualifier != NULL && parser_is(parser, 1, ".") && parser_is(parser, 2, "*")) {
        result.qualifier = qualifier;
        parser->at += 3;
    } else {
        result.value = parse_expression(parser);
        result.end = parser_end(parser);
        result.name = take_alias(parser);
    }
    if (result.end == 0)
        result.end = parser_end(parser);
    list_add(parser->arena, select->results, select->result_count) = result;
}

void parse_results(struct sql_parser *parser, struct sql_select *select)
{
    do
        parse_result(parser, select);
    while (!parser->failed && parser_take(parser, ","));
}

/* ---- FROM -------------------------------------------------------------------------------------------------------- */

static void set_optional(struct sql_select *select, size_t from)
{
    for (size_t i = from; i < select->source_count; i++)
        select->sources[i].is_optional = true;
}

/* The conditions since `from` no longer hold for every row: an outer join replaces those of the sources since `first`.
 */
static void weaken(struct sql_parser *parser, struct sql_select *select, size_t from, size_t first)
{
    for (size_t i = from; i < select->filter_count; i++)
        list_add(parser->arena, select->partial, select->partial_count) =
            (struct sql_partial){select->filters[i], first, select->source_count};
    select->filter_count = from;
}

static bool parse_source(struct sql_parser *parser, struct sql_select *select);

/* JOIN … ON or USING. Sources and filters of the same list begin at the given indexes. */
static bool parse_join(struct sql_parser *parser, struct sql_select *select, size_t first_source, size_t first_filter)
{
    bool is_natural = parser_take(parser, "natural");
    bool is_left = parser_take(parser, "left"), is_right = !is_left && parser_take(parser, "right");
    bool is_full = !is_left && !is_right && parser_take(parser, "full");
    if (is_left || is_right || is_full)
        parser_take(parser, "outer");
    else if (!parser_take(parser, "inner"))
        parser_take(parser, "cross");
    if (!parser_take(parser, "join"))
        return false;
    select->is_natural = select->is_natural || is_natural;
    if (is_right || is_full) {
        set_optional(select, first_source);
        weaken(parser, select, first_filter, first_source);
    }
    size_t source = select->source_count, filter = select->filter_count;
    if (!parse_source(parser, select))
        return false;
    if (is_left || is_full) {
        set_optional(select, source);
        weaken(parser, select, filter, source);
    }
    if (parser_take(parser, "on")) {
        struct sql_expression *condition = parse_expression(parser);
        if (is_left || is_right || is_full)
            list_add(parser->arena, select->partial, select->partial_count) = (struct sql_partial){
                condition, is_right ? first_source : source, is_left ? select->source_count : source};
        else
            list_add(parser->arena, select->filters, select->filter_count) = condition;
    } else if (parser_take(parser, "using")) {
        struct sql_source *joined = &select->sources[source];
        if (!parser_is(parser, 0, "(") || !parser_take_names(parser, &joined->merged, &joined->merged_count))
            return false;
    }
    return !parser->failed;
}

static bool is_join(const struct sql_parser *parser)
{
    static const char *const words[] = {"join", "natural", "left", "right", "full", "inner", "cross"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (parser_is(parser, 0, words[i]))
            return true;
    return false;
}

static bool parse_joins(struct sql_parser *parser, struct sql_select *select)
{
    size_t first_source = select->source_count, first_filter = select->filter_count;
    if (!parse_source(parser, select))
        return false;
    while (is_join(parser))
        if (!parse_join(parser, select, first_source, first_filter))
            return false;
    return true;
}

/* Parse an alias, with the names of columns. */
static bool parse_source_alias(struct sql_parser *parser, struct sql_source *source)
{
    if (parser_is(parser, 0, "with") && parser_is(parser, 1, "ordinality"))
        return false;
    bool is_explicit = parser_take(parser, "as");
    source->alias = parser_take_name(parser);
    if (source->alias == NULL)
        return !is_explicit;
    return parser_take_names(parser, &source->columns, &source->column_count);
}

static bool parse_table(struct sql_parser *parser, struct sql_source *source)
{
    parser_take(parser, "only");
    source->name = parser_take_name(parser);
    if (source->name != NULL && parser_take(parser, ".")) {
        source->schema = source->name;
        source->name = parser_take_name(parser);
    }
    if (source->name == NULL)
        return false;
    source->is_function = parser_take(parser, "(");
    if (source->is_function)
        parser_skip_parentheses(parser);
    if (!parse_source_alias(parser, source))
        return false;
    if (parser_is(parser, 0, "not") && parser_is(parser, 1, "indexed"))
        parser->at += 2;
    else if (parser_take(parser, "indexed"))
        return parser_take(parser, "by") && parser_take_name(parser) != NULL;
    return true;
}

static bool parse_source(struct sql_parser *parser, struct sql_select *select)
{
    struct sql_source source = {0};
    if (!parser_enter(parser))
        return false;
    bool done;
    parser_take(parser, "lateral");
    if (!parser_take(parser, "("))
        done = parse_table(parser, &source);
    else if (parser_is_query(parser)) {
        source.query = parse_query(parser);
        done = source.query != NULL && parser_take(parser, ")") && parse_source_alias(parser, &source);
    } else {
        done = parse_joins(parser, select) && parser_take(parser, ")");
        parser_leave(parser);
        return done;
    }
    list_add(parser->arena, select->sources, select->source_count) = source;
    parser_leave(parser);
    return done;
}

/* In SQLite, a comma is a JOIN: a RIGHT or FULL JOIN after it makes the sources before it optional, too. */
static void weaken_before(struct sql_parser *parser, struct sql_select *select, size_t first, size_t joined,
                          size_t first_filter)
{
    for (size_t i = first; i < joined; i++)
        select->sources[i].may_be_optional = true;
    weaken(parser, select, first_filter, first);
}

void parse_sources(struct sql_parser *parser, struct sql_select *select)
{
    const size_t first = select->source_count, first_filter = select->filter_count;
    do {
        size_t joined = select->source_count;
        if (!parse_joins(parser, select))
            fail(parser);
        else if (joined > first && select->sources[joined].is_optional)
            weaken_before(parser, select, first, joined, first_filter);
    } while (!parser->failed && parser_take(parser, ","));
}

/* ---- SELECT and VALUES ------------------------------------------------------------------------------------------- */

static void parse_values(struct sql_parser *parser, struct sql_select *select)
{
    do {
        size_t start = parser_peek(parser, 0)->start;
        if (!parser_take(parser, "(")) {
            fail(parser);
            return;
        }
        struct sql_expression *row = parser_node(parser, SQL_LIST, start);
        do
            parser_add(parser, row, parse_expression(parser));
        while (!parser->failed && parser_take(parser, ","));
        if (!parser_take(parser, ")"))
            fail(parser);
        list_add(parser->arena, select->rows, select->row_count) = row;
    } while (!parser->failed && parser_take(parser, ","));
}

/* Skip WINDOW name AS (…), …. */
static void skip_windows(struct sql_parser *parser)
{
    do {
        if (parser_take_name(parser) == NULL || !parser_take(parser, "as") || !parser_take(parser, "("))
            fail(parser);
        else
            parser_skip_parentheses(parser);
    } while (!parser->failed && parser_take(parser, ","));
}

static void parse_clauses(struct sql_parser *parser, struct sql_select *select)
{
    if (parser_take(parser, "from"))
        parse_sources(parser, select);
    if (parser_take(parser, "where")) {
        struct sql_expression *condition = parse_expression(parser);
        list_add(parser->arena, select->filters, select->filter_count) = condition;
    }
    if (parser_take(parser, "group")) {
        if (!parser_take(parser, "by"))
            fail(parser);
        select->has_groups = true;
        parse_expressions(parser, &select->groups, &select->group_count);
    }
    if (parser_take(parser, "having"))
        select->having = parse_expression(parser);
    if (parser_take(parser, "window"))
        skip_windows(parser);
}

/* A query in parentheses becomes SELECT * FROM (query). */
static struct sql_select *parse_nested(struct sql_parser *parser, struct sql_select *select)
{
    struct sql_query *query = parse_query(parser);
    if (query == NULL || !parser_take(parser, ")"))
        return fail(parser);
    list_add(parser->arena, select->sources, select->source_count) = (struct sql_source){.query = query};
    list_add(parser->arena, select->results, select->result_count) =
        (struct sql_result){.start = query->start, .end = query->end};
    return select;
}

static struct sql_select *parse_select(struct sql_parser *parser)
{
    struct sql_select *select = arena_take(parser->arena, sizeof *select);
    select->start = parser_peek(parser, 0)->start;
    if (parser_take(parser, "("))
        return parse_nested(parser, select);
    if (parser_take(parser, "values")) {
        parse_values(parser, select);
        return parser->failed ? NULL : select;
    }
    if (!parser_take(parser, "select"))
        return fail(parser);
    if (parser_take(parser, "distinct")) {
        if (parser_take(parser, "on") && parser_take(parser, "("))
            parser_skip_parentheses(parser);
    } else
        parser_take(parser, "all");
    parse_results(parser, select);
    parse_clauses(parser, select);
    return parser->failed ? NULL : select;
}

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

static void parse_common_table(struct sql_parser *parser, struct sql_query *query)
{
    struct sql_common_table table = {.name = parser_take_name(parser)};
    if (table.name == NULL || !parser_take_names(parser, &table.columns, &table.column_count) ||
        !parser_take(parser, "as")) {
        fail(parser);
        return;
    }
    parser_take(parser, "not");
    parser_take(parser, "materialized");
    if (!parser_take(parser, "(")) {
        fail(parser);
        return;
    }
    if (!parser_is_query(parser))
        parser_skip_parentheses(parser);
    else {
        table.query = parse_query(parser);
        if (table.query == NULL || !parser_take(parser, ")"))
            fail(parser);
    }
    list_add(parser->arena, query->tables, query->table_count) = table;
}

void parse_common_tables(struct sql_parser *parser, struct sql_query *query)
{
    if (!parser_take(parser, "with"))
        return;
    parser_take(parser, "recursive");
    do
        parse_common_table(parser, query);
    while (!parser->failed && parser_take(parser, ","));
}

/* Take the operator of a compound. Return false if there is none. */
static bool take_compound(struct sql_parser *parser, enum sql_compound *out)
{
    if (parser_take(parser, "union"))
        *out = SQL_COMPOUND_UNION;
    else if (parser_take(parser, "intersect"))
        *out = SQL_COMPOUND_INTERSECT;
    else if (parser_take(parser, "except"))
        *out = SQL_COMPOUND_EXCEPT;
    else
        return false;
    if (!parser_take(parser, "all"))
        parser_take(parser, "distinct");
    return true;
}

static void parse_orders(struct sql_parser *parser, struct sql_query *query)
{
    if (!parser_take(parser, "order"))
        return;
    if (!parser_take(parser, "by"))
        fail(parser);
    do {
        struct sql_expression *order = parse_expression(parser);
        list_add(parser->arena, query->orders, query->order_count) = order;
        if (!parser_take(parser, "asc"))
            parser_take(parser, "desc");
        if (parser_take(parser, "nulls") && !parser_take(parser, "first"))
            parser_take(parser, "last");
    } while (!parser->failed && parser_take(parser, ","));
}

/* LIMIT, OFFSET, FETCH and FOR UPDATE. */
static void parse_end(struct sql_parser *parser, struct sql_query *query)
{
    for (;;)
        if (parser_take(parser, "limit")) {
            query->limit = parse_expression(parser);
            if (parser_take(parser, ",")) {
                query->offset = query->limit;
                query->limit = parse_expression(parser);
            }
        } else if (parser_take(parser, "offset")) {
            query->offset = parse_expression(parser);
            if (!parser_take(parser, "rows"))
                parser_take(parser, "row");
        } else
            break;
    if (!parser_is(parser, 0, "fetch") && !parser_is(parser, 0, "for"))
        return;
    while (!parser_is(parser, 0, ")") && parser_peek(parser, 0)->kind != SQL_TOKEN_END)
        parser->at++;
}

struct sql_query *parse_query(struct sql_parser *parser)
{
    struct sql_query *query = arena_take(parser->arena, sizeof *query);
    enum sql_compound compound = SQL_COMPOUND_FIRST;
    if (!parser_enter(parser)) {
        parser_leave(parser);
        return NULL;
    }
    query->start = parser_peek(parser, 0)->start;
    parse_common_tables(parser, query);
    do {
        struct sql_select *select = parser->failed ? NULL : parse_select(parser);
        size_t count = query->select_count;
        list_add(parser->arena, query->selects, query->select_count) = select;
        list_add(parser->arena, query->compounds, count) = compound;
    } while (!parser->failed && take_compound(parser, &compound));
    if (!parser->failed) {
        parse_orders(parser, query);
        parse_end(parser, query);
    }
    query->end = parser_end(parser);
    parser_leave(parser);
    return parser->failed ? NULL : query;
}
