/* Expressions: operators, CASE, CAST and queries. */
#include "sql_inference.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct sql_value unknown = {.null = SQL_NULL_UNKNOWN};

struct sql_value infer_maybe(enum sql_class class, const char *reason)
{
    return (struct sql_value){.null = SQL_NULL_MAYBE, .reason = reason, .class = class};
}

static enum sql_class common_class(enum sql_class left, enum sql_class right)
{
    bool is_real = left == SQL_CLASS_REAL || right == SQL_CLASS_REAL;
    bool is_integer = left == SQL_CLASS_INTEGER || right == SQL_CLASS_INTEGER;
    if (left == right || right == SQL_CLASS_NULL)
        return left;
    if (left == SQL_CLASS_NULL)
        return right;
    return is_real && is_integer ? SQL_CLASS_REAL : SQL_CLASS_UNKNOWN;
}

struct sql_value infer_either(struct sql_value left, struct sql_value right)
{
    struct sql_value result = left.null >= right.null ? left : right;
    result.class = common_class(left.class, right.class);
    result.column = left.column == right.column ? left.column : NULL;
    return result;
}

/* ---- Operators --------------------------------------------------------------------------------------------------- */

static bool is_any_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static enum sql_class arithmetic_class(const struct sql_value *values, size_t count)
{
    enum sql_class class = values[0].class;
    for (size_t i = 0; i < count; i++) {
        if (values[i].class != SQL_CLASS_INTEGER && values[i].class != SQL_CLASS_REAL)
            return SQL_CLASS_UNKNOWN;
        class = common_class(class, values[i].class);
    }
    return class;
}

static bool is_nonzero(const struct sql_expression *expression)
{
    return (expression->kind == SQL_INTEGER || expression->kind == SQL_REAL) && strtod(expression->name, NULL) != 0;
}

static struct sql_value arithmetic(const struct sql_expression *expression, const struct sql_value *values,
                                   struct sql_value strict)
{
    bool divides = strcmp(expression->name, "/") == 0 || strcmp(expression->name, "%") == 0;
    if (divides && !is_nonzero(expression->items[1]) && strict.null == SQL_NULL_NEVER)
        strict.null = SQL_NULL_UNKNOWN; /* SQLite: a division by zero is NULL */
    strict.class = arithmetic_class(values, expression->count);
    return strict;
}

static struct sql_value infer_operator(struct infer *infer, const struct sql_scope *scope,
                                       const struct sql_expression *expression)
{
    static const char *const comparisons[] = {"=",  "==",  "<>",   "!=",   "<",     "<=",     ">",
                                              ">=", "not", "like", "glob", "ilike", "between"};
    static const char *const sums[] = {"+", "-", "*", "/", "%"};
    static const char *const bits[] = {"&", "|", "<<", ">>", "~"};
    struct sql_value *values = arena_take(infer->arena, expression->count * sizeof *values);
    struct sql_value strict = {.null = SQL_NULL_NEVER};
    for (size_t i = 0; i < expression->count; i++) {
        values[i] = infer_expression(infer, scope, expression->items[i]);
        if (values[i].null > strict.null)
            strict = (struct sql_value){.null = values[i].null, .reason = values[i].reason};
    }
    const char *name = expression->name;
    if (strcmp(name, "and") == 0 || strcmp(name, "or") == 0) /* NULL AND FALSE is FALSE */
        return (struct sql_value){.null = strict.null == SQL_NULL_NEVER ? SQL_NULL_NEVER : SQL_NULL_UNKNOWN,
                                  .class = SQL_CLASS_BOOLEAN};
    if (is_any_of(name, comparisons, sizeof comparisons / sizeof *comparisons)) {
        infer_note_comparison(infer, expression, values);
        strict.class = SQL_CLASS_BOOLEAN;
        return strict;
    }
    if (is_any_of(name, sums, sizeof sums / sizeof *sums))
        return arithmetic(expression, values, strict);
    if (is_any_of(name, bits, sizeof bits / sizeof *bits)) {
        strict.class = SQL_CLASS_INTEGER;
        return strict;
    }
    if (strcmp(name, "||") != 0)
        return unknown;
    bool is_text = values[0].class == SQL_CLASS_TEXT && values[1].class == SQL_CLASS_TEXT;
    strict.class = is_text ? SQL_CLASS_TEXT : SQL_CLASS_UNKNOWN;
    return strict;
}

static struct sql_value infer_in(struct infer *infer, const struct sql_scope *scope,
                                 const struct sql_expression *expression)
{
    struct sql_value *values = arena_take(infer->arena, expression->count * sizeof *values);
    for (size_t i = 0; i < expression->count; i++)
        values[i] = infer_expression(infer, scope, expression->items[i]);
    infer_note_comparison(infer, expression, values);
    if (expression->query != NULL)
        infer_query(infer, scope, expression->query);
    struct sql_value result = {.null = values[0].null, .reason = values[0].reason, .class = SQL_CLASS_BOOLEAN};
    for (size_t i = 1; i < expression->count; i++)
        if (values[i].null != SQL_NULL_NEVER && result.null == SQL_NULL_NEVER)
            result.null = SQL_NULL_UNKNOWN;
    if (expression->query != NULL && result.null == SQL_NULL_NEVER)
        result.null = SQL_NULL_UNKNOWN;
    return result;
}

/* ---- CASE and CAST ----------------------------------------------------------------------------------------------- */

/* Return the value of a branch. Conditions on a column that it names may exclude NULL. */
static struct sql_value infer_branch(struct infer *infer, const struct sql_scope *scope,
                                     const struct sql_expression *expression, const struct sql_expression *branch)
{
    struct sql_value value = infer_expression(infer, scope, branch);
    if (value.null != SQL_NULL_MAYBE)
        return value;
    size_t first = expression->has_value ? 1 : 0;
    bool is_excluded = expression->has_value && infer_share_column(infer, expression->items[0], branch);
    for (size_t i = first; !is_excluded && i + 1 < expression->count; i += 2)
        is_excluded = infer_share_column(infer, expression->items[i], branch);
    if (is_excluded)
        value.null = SQL_NULL_UNKNOWN;
    return value;
}

static struct sql_value infer_case(struct infer *infer, const struct sql_scope *scope,
                                   const struct sql_expression *expression)
{
    size_t first = expression->has_value ? 1 : 0;
    struct sql_value result = {.class = SQL_CLASS_NULL};
    bool is_first = true;
    for (size_t i = 0; i < expression->count; i++) {
        bool is_else = expression->has_else && i + 1 == expression->count;
        if (i < first || (!is_else && (i - first) % 2 == 0)) {
            infer_expression(infer, scope, expression->items[i]); /* for the parameters in it */
            continue;
        }
        struct sql_value value = infer_branch(infer, scope, expression, expression->items[i]);
        result = is_first ? value : infer_either(result, value);
        is_first = false;
    }
    if (!expression->has_else && result.null != SQL_NULL_MAYBE) {
        result.null = SQL_NULL_MAYBE;
        result.reason = "CASE without ELSE is NULL if no WHEN is true";
    }
    return result;
}

/* Return the class of values of a type. SQLite only looks for parts such as `int` in its name, but the name may be that
 * of an enum of PostgreSQL: sprint_state. */
static enum sql_class class_of_type(const char *name)
{
    static const struct {
        const char *name;
        enum sql_class class;
    } types[] = {
        {"int", SQL_CLASS_INTEGER},    {"int2", SQL_CLASS_INTEGER},     {"int4", SQL_CLASS_INTEGER},
        {"int8", SQL_CLASS_INTEGER},   {"integer", SQL_CLASS_INTEGER},  {"tinyint", SQL_CLASS_INTEGER},
        {"bigint", SQL_CLASS_INTEGER}, {"smallint", SQL_CLASS_INTEGER}, {"mediumint", SQL_CLASS_INTEGER},
        {"char", SQL_CLASS_TEXT},      {"character", SQL_CLASS_TEXT},   {"varchar", SQL_CLASS_TEXT},
        {"bpchar", SQL_CLASS_TEXT},    {"nchar", SQL_CLASS_TEXT},       {"nvarchar", SQL_CLASS_TEXT},
        {"text", SQL_CLASS_TEXT},      {"clob", SQL_CLASS_TEXT},        {"blob", SQL_CLASS_BLOB},
        {"bytea", SQL_CLASS_BLOB},     {"real", SQL_CLASS_REAL},        {"float", SQL_CLASS_REAL},
        {"float4", SQL_CLASS_REAL},    {"float8", SQL_CLASS_REAL},      {"double", SQL_CLASS_REAL},
        {"bool", SQL_CLASS_BOOLEAN},   {"boolean", SQL_CLASS_BOOLEAN},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcasecmp(name, types[i].name) == 0)
            return types[i].class;
    return SQL_CLASS_UNKNOWN;
}

static struct sql_value infer_cast(struct infer *infer, const struct sql_scope *scope,
                                   const struct sql_expression *expression)
{
    struct sql_value value = infer_expression(infer, scope, expression->items[0]);
    return (struct sql_value){.null = value.null,
                              .reason = value.reason,
                              .class = expression->name != NULL ? class_of_type(expression->name) : SQL_CLASS_UNKNOWN};
}

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

bool infer_is_single(const struct sql_query *query)
{
    const struct sql_select *select = query->selects[0];
    if (query->select_count != 1 || query->limit != NULL || query->offset != NULL)
        return false;
    if (select->rows != NULL)
        return select->row_count == 1;
    if (select->has_groups || select->having != NULL)
        return false;
    return infer_has_aggregate(select) || (select->source_count == 0 && select->filter_count == 0);
}

static struct sql_value infer_subquery(struct infer *infer, const struct sql_scope *scope,
                                       const struct sql_expression *expression)
{
    struct sql_row row = infer_query(infer, scope, expression->query);
    if (row.is_unknown || row.count != 1)
        return unknown;
    struct sql_value value = row.columns[0].value;
    if (value.null == SQL_NULL_MAYBE || infer_is_single(expression->query))
        return value;
    if (infer_is_found(infer, scope, expression->query))
        value.null = SQL_NULL_UNKNOWN;
    else {
        value.null = SQL_NULL_MAYBE;
        value.reason = "the query in parentheses is NULL if it finds no row";
    }
    return value;
}

/* ---- Expressions ------------------------------------------------------------------------------------------------- */

static struct sql_value infer_parameter(struct infer *infer, const struct sql_expression *expression)
{
    const struct member *member = name_map_find(infer->parameters, expression->name);
    if (member == NULL)
        return unknown;
    struct sql_value value = {.class = sql_class_of(member), .column = member};
    if (member_is_nullable(member)) {
        value.null = SQL_NULL_MAYBE;
        value.reason = arena_print(infer->arena, "the parameter `%s` can be NULL", expression->name);
    }
    return value;
}

static struct sql_value infer_kind(struct infer *infer, const struct sql_scope *scope,
                                   const struct sql_expression *expression)
{
    switch (expression->kind) {
    case SQL_UNKNOWN:
    case SQL_LIST:
        return unknown;
    case SQL_NULL:
        return infer_maybe(SQL_CLASS_NULL, "it is the literal NULL");
    case SQL_BOOLEAN:
        return (struct sql_value){.class = SQL_CLASS_BOOLEAN};
    case SQL_INTEGER:
        return (struct sql_value){.class = SQL_CLASS_INTEGER};
    case SQL_REAL:
        return (struct sql_value){.class = SQL_CLASS_REAL};
    case SQL_TEXT:
        return (struct sql_value){.class = SQL_CLASS_TEXT};
    case SQL_BLOB:
        return (struct sql_value){.class = SQL_CLASS_BLOB};
    case SQL_PARAMETER:
        return infer_parameter(infer, expression);
    case SQL_COLUMN:
        return infer_column(infer, scope, expression->qualifier, expression->name);
    case SQL_FUNCTION:
        return infer_function(infer, scope, expression);
    case SQL_OPERATOR:
        return infer_operator(infer, scope, expression);
    case SQL_IS:
        infer_expression(infer, scope, expression->items[0]);
        infer_expression(infer, scope, expression->items[1]);
        return (struct sql_value){.class = SQL_CLASS_BOOLEAN};
    case SQL_IN:
        return infer_in(infer, scope, expression);
    case SQL_CASE:
        return infer_case(infer, scope, expression);
    case SQL_CAST:
        return infer_cast(infer, scope, expression);
    case SQL_SUBQUERY:
        return infer_subquery(infer, scope, expression);
    case SQL_EXISTS:
        infer_query(infer, scope, expression->query);
        return (struct sql_value){.class = SQL_CLASS_BOOLEAN};
    }
    return unknown;
}

struct sql_value infer_expression(struct infer *infer, const struct sql_scope *scope,
                                  const struct sql_expression *expression)
{
    struct sql_value value = infer_enter(infer) ? infer_kind(infer, scope, expression) : unknown;
    infer_leave(infer);
    return value;
}
