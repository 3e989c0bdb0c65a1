/* What functions return, by the table in sql_function.def. Functions that are not in it return something unknown. */
#include "sql_inference.h"

#include <stdlib.h>
#include <string.h>

enum rule {
    RULE_STRICT,         /* NULL if and only if an argument is */
    RULE_STRICT_OR_NULL, /* NULL if an argument is, and perhaps otherwise */
    RULE_NEVER,
    RULE_NEVER_KNOWN,    /* an aggregate that differs between databases */
    RULE_SOMETIMES,      /* NULL also if no argument is */
    RULE_FIRST_NOT_NULL, /* NULL if all arguments are */
    RULE_CHOICE,         /* iif(condition, a, b) */
    RULE_AGGREGATE,      /* NULL if there is no row, or if all arguments are */
    RULE_EXTREME,        /* an aggregate with one argument, strict with several */
    RULE_WINDOW,         /* the argument in a row of the frame */
    RULE_NEIGHBOUR       /* the argument in another row, or the third argument if there is none */
};

enum result_class {
    RESULT_UNKNOWN = SQL_CLASS_UNKNOWN,
    RESULT_BOOLEAN = SQL_CLASS_BOOLEAN,
    RESULT_INTEGER = SQL_CLASS_INTEGER,
    RESULT_REAL = SQL_CLASS_REAL,
    RESULT_TEXT = SQL_CLASS_TEXT,
    RESULT_BLOB = SQL_CLASS_BLOB,
    RESULT_TIME = SQL_CLASS_TIME,
    RESULT_FIRST,
    RESULT_ALL
};

struct function {
    const char *name;
    enum rule rule;
    enum result_class class;
};

static const struct function functions[] = {
#define FUNCTION(name, rule, class) {#name, RULE_##rule, RESULT_##class},
#include "sql_function.def"
#undef FUNCTION
};

static int compare_name(const void *key, const void *function)
{
    return strcmp(key, ((const struct function *)function)->name);
}

static const struct function *find(const char *name)
{
    return bsearch(name, functions, sizeof functions / sizeof *functions, sizeof *functions, compare_name);
}

bool sql_has_function(const char *name)
{
    return find(name) != NULL;
}

bool infer_is_strict(const struct sql_expression *call)
{
    const struct function *function = find(call->name);
    if (function == NULL)
        return false;
    return function->rule == RULE_STRICT || function->rule == RULE_STRICT_OR_NULL ||
           (function->rule == RULE_EXTREME && call->count > 1);
}

/* ---- Aggregates -------------------------------------------------------------------------------------------------- */

static bool is_aggregate(const struct sql_expression *expression)
{
    if (expression->kind != SQL_FUNCTION || expression->is_window)
        return false;
    if (strcmp(expression->name, "count") == 0 || strcmp(expression->name, "total") == 0)
        return true;
    const struct function *function = find(expression->name);
    return function != NULL && (function->rule == RULE_AGGREGATE || function->rule == RULE_NEVER_KNOWN ||
                                (function->rule == RULE_EXTREME && expression->count == 1));
}

static bool contains_aggregate(const struct sql_expression *expression, unsigned depth)
{
    enum { DEPTH_MAX = 100 };
    if (depth > DEPTH_MAX)
        return false;
    if (is_aggregate(expression))
        return true;
    for (size_t i = 0; i < expression->count; i++)
        if (contains_aggregate(expression->items[i], depth + 1))
            return true;
    return false;
}

bool infer_has_aggregate(const struct sql_select *select)
{
    for (size_t i = 0; i < select->result_count; i++)
        if (select->results[i].value != NULL && contains_aggregate(select->results[i].value, 0))
            return true;
    return false;
}

static struct sql_value aggregate(struct infer *infer, const struct sql_scope *scope, const struct sql_expression *call,
                                  struct sql_value argument)
{
    const char *name = call->name;
    if (call->is_window) {
        if (call->has_frame || call->has_filter)
            argument.null = argument.null == SQL_NULL_NEVER ? SQL_NULL_UNKNOWN : argument.null;
    } else if (call->has_filter)
        argument =
            infer_maybe(argument.class, arena_print(infer->arena, "`%s` is NULL if its FILTER leaves no row", name));
    else if (!scope->has_groups && scope->has_having)
        argument.null = SQL_NULL_UNKNOWN;
    else if (!scope->has_groups && scope->count > 0)
        argument = infer_maybe(argument.class, arena_print(infer->arena, "`%s` of no rows is NULL", name));
    argument.column = strcmp(name, "min") == 0 || strcmp(name, "max") == 0 ? argument.column : NULL;
    return argument;
}

/* ---- Rules ------------------------------------------------------------------------------------------------------- */

static struct sql_value strict(const struct sql_value *values, size_t count)
{
    struct sql_value result = {.null = SQL_NULL_NEVER};
    for (size_t i = 0; i < count; i++)
        if (values[i].null > result.null) {
            result.null = values[i].null;
            result.reason = values[i].reason;
        }
    return result;
}

/* NULL only if all are. */
static struct sql_value first_not_null(const struct sql_value *values, size_t count)
{
    struct sql_value result = {.null = SQL_NULL_MAYBE};
    for (size_t i = 0; i < count; i++) {
        if (values[i].null < result.null)
            result.null = values[i].null;
        result.reason = values[i].reason;
    }
    return result;
}

static enum sql_class class_of_all(const struct sql_value *values, size_t count)
{
    struct sql_value all = {.class = SQL_CLASS_NULL};
    for (size_t i = 0; i < count; i++)
        all = infer_either(all, values[i]);
    return all.class;
}

static struct sql_value neighbour(struct infer *infer, const struct sql_expression *call,
                                  const struct sql_value *values)
{
    if (call->count >= 3)
        return infer_either(values[0], values[2]);
    return infer_maybe(
        SQL_CLASS_UNKNOWN,
        arena_print(infer->arena, "`%s` without a third argument is NULL where there is no such row", call->name));
}

static struct sql_value apply_rule(struct infer *infer, const struct sql_scope *scope,
                                   const struct sql_expression *call, enum rule rule, const struct sql_value *values)
{
    struct sql_value unknown = {.null = SQL_NULL_UNKNOWN};
    struct sql_value never = {.null = SQL_NULL_NEVER};
    struct sql_value all = strict(values, call->count);
    switch (rule) {
    case RULE_STRICT:
        return all;
    case RULE_STRICT_OR_NULL:
        return all.null == SQL_NULL_NEVER ? unknown : all;
    case RULE_NEVER:
        return never;
    case RULE_NEVER_KNOWN:
        return unknown;
    case RULE_SOMETIMES:
        return infer_maybe(SQL_CLASS_UNKNOWN, arena_print(infer->arena, "`%s` can return NULL", call->name));
    case RULE_FIRST_NOT_NULL:
        return first_not_null(values, call->count);
    case RULE_CHOICE:
        return call->count == 3 && !infer_share_column(infer, call->items[0], call->items[1]) &&
                       !infer_share_column(infer, call->items[0], call->items[2])
                   ? infer_either(values[1], values[2])
                   : unknown;
    case RULE_EXTREME:
        if (call->count > 1)
            return all;
        return aggregate(infer, scope, call, call->count == 1 ? values[0] : unknown);
    case RULE_AGGREGATE:
        return aggregate(infer, scope, call, call->count >= 1 ? values[0] : unknown);
    case RULE_WINDOW:
        return call->count == 1 ? aggregate(infer, scope, call, values[0]) : unknown;
    case RULE_NEIGHBOUR:
        return neighbour(infer, call, values);
    }
    return unknown;
}

static enum sql_class class_of_result(const struct function *function, const struct sql_value *values, size_t count)
{
    if (function->class == RESULT_ALL || (function->rule == RULE_EXTREME && count > 1))
        return class_of_all(values, count);
    if (function->class != RESULT_FIRST)
        return (enum sql_class)function->class;
    enum sql_class class = count > 0 ? values[0].class : SQL_CLASS_UNKNOWN;
    bool is_number = class == SQL_CLASS_INTEGER || class == SQL_CLASS_REAL;
    bool is_arithmetic = function->rule == RULE_AGGREGATE || function->rule == RULE_STRICT ||
                         function->rule == RULE_STRICT_OR_NULL; /* sum, abs, mod */
    return is_arithmetic && !is_number ? SQL_CLASS_UNKNOWN : class;
}

struct sql_value infer_function(struct infer *infer, const struct sql_scope *scope, const struct sql_expression *call)
{
    const struct function *function = find(call->name);
    struct sql_value *values = arena_take(infer->arena, (call->count + 1) * sizeof *values);
    for (size_t i = 0; i < call->count; i++)
        values[i] = infer_expression(infer, scope, call->items[i]);
    if (function == NULL)
        return (struct sql_value){.null = SQL_NULL_UNKNOWN};
    struct sql_value result = apply_rule(infer, scope, call, function->rule, values);
    bool is_extreme = function->rule == RULE_EXTREME && call->count == 1;
    result.column = is_extreme ? values[0].column : NULL;
    if (function->rule != RULE_CHOICE)
        result.class = class_of_result(function, values, call->count);
    return result;
}
