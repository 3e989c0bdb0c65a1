/* Conditions that exclude NULL. A comparison is true only if its operands are not NULL, and an operand is NULL if a
 * column in it is, unless functions such as coalesce are in between. Columns in conditions that are not understood
 * become unknown. */
#include "sql_inference.h"
#include "sql_lexer.h"

#include <string.h>
#include <strings.h>

/* What becomes of the columns that an expression names. */
enum effect {
    EFFECT_PRESENT,  /* not NULL */
    EFFECT_EXISTING, /* not NULL in rows that no outer join replaced */
    EFFECT_UNKNOWN
};

static void weaken(enum sql_null *null)
{
    if (*null == SQL_NULL_MAYBE)
        *null = SQL_NULL_UNKNOWN;
}

static void apply_to(struct sql_table *table, struct sql_column *column, enum effect effect)
{
    switch (effect) {
    case EFFECT_PRESENT:
        table->absent = SQL_NULL_NEVER;
        column->value.null = SQL_NULL_NEVER;
        break;
    case EFFECT_EXISTING:
        column->value.null = SQL_NULL_NEVER;
        break;
    case EFFECT_UNKNOWN:
        weaken(&table->absent);
        weaken(&column->value.null);
        break;
    }
}

/* Apply the effect to the columns with this name. If several tables have it, which one is meant is unknown. */
static void apply(struct sql_scope *scope, const char *qualifier, const char *name, enum effect effect)
{
    struct sql_table *found_table = NULL;
    struct sql_column *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < scope->count; i++) {
        struct sql_table *table = &scope->tables[i];
        if (qualifier != NULL && (table->name == NULL || strcasecmp(table->name, qualifier) != 0))
            continue;
        for (size_t j = 0; j < table->row.count; j++)
            if (table->row.columns[j].name != NULL && strcasecmp(table->row.columns[j].name, name) == 0) {
                found_table = table;
                found = &table->row.columns[j];
                count++;
                if (effect == EFFECT_UNKNOWN)
                    apply_to(found_table, found, effect);
            }
    }
    if (count == 1)
        apply_to(found_table, found, effect);
}

/* ---- Columns that are named -------------------------------------------------------------------------------------- */

/* Called for each name of a column. */
struct walk {
    void (*visit)(struct walk *walk, const char *qualifier, const char *name);
    struct infer *infer;
    struct sql_scope *scope;
    const struct sql_expression *other;
    bool found;
};

static void walk_expression(struct walk *walk, const struct sql_expression *expression);

/* Visit all names in the text of something that is not understood. */
static void walk_text(struct walk *walk, size_t start, size_t end)
{
    struct sql_lexer lexer = {.at = arena_copy(walk->infer->arena, walk->infer->sql + start, end - start),
                              .is_statement = true};
    for (enum sql_token kind; (kind = sql_lexer_next(&lexer)) != SQL_TOKEN_END;)
        if (kind == SQL_TOKEN_WORD)
            walk->visit(walk, NULL, arena_copy(walk->infer->arena, lexer.start, lexer.length));
        else if (kind == SQL_TOKEN_NAME)
            walk->visit(walk, NULL, arena_copy(walk->infer->arena, lexer.start + 1, lexer.length - 2));
}

static void walk_expression(struct walk *walk, const struct sql_expression *expression)
{
    if (infer_enter(walk->infer)) {
        if (expression->kind == SQL_UNKNOWN)
            walk_text(walk, expression->start, expression->end);
        else if (expression->kind == SQL_COLUMN)
            walk->visit(walk, expression->qualifier, expression->name);
        if (expression->query != NULL)
            walk_text(walk, expression->query->start, expression->query->end);
        for (size_t i = 0; i < expression->count; i++)
            walk_expression(walk, expression->items[i]);
    }
    infer_leave(walk->infer);
}

static void visit_unknown(struct walk *walk, const char *qualifier, const char *name)
{
    apply(walk->scope, qualifier, name, EFFECT_UNKNOWN);
}

static void mention(struct infer *infer, struct sql_scope *scope, const struct sql_expression *expression)
{
    struct walk walk = {.visit = visit_unknown, .infer = infer, .scope = scope};
    walk_expression(&walk, expression);
}

static void visit_right(struct walk *walk, const char *qualifier, const char *name)
{
    (void)qualifier;
    walk->found = walk->found || strcasecmp(walk->other->name, name) == 0;
}

static void visit_left(struct walk *walk, const char *qualifier, const char *name)
{
    (void)qualifier;
    const struct sql_expression left = {.name = name};
    struct walk right = {.visit = visit_right, .infer = walk->infer, .other = &left};
    walk_expression(&right, walk->other);
    walk->found = walk->found || right.found;
}

bool infer_share_column(struct infer *infer, const struct sql_expression *left, const struct sql_expression *right)
{
    struct walk walk = {.visit = visit_left, .infer = infer, .other = right};
    walk_expression(&walk, left);
    return walk.found;
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static bool is_operator(const struct sql_expression *expression, const char *name)
{
    return expression->kind == SQL_OPERATOR && strcmp(expression->name, name) == 0;
}

/* Return true if the expression is NULL whenever an item is. */
static bool is_strict(const struct sql_expression *expression)
{
    static const char *const names[] = {"=", "==", "<>", "!=", "<",  "<=", ">",    ">=",   "+",     "-",      "*",
                                        "/", "%",  "&",  "|",  "<<", ">>", "like", "glob", "ilike", "between"};
    if (expression->kind == SQL_CAST)
        return true;
    if (expression->kind == SQL_FUNCTION)
        return infer_is_strict(expression);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_operator(expression, names[i]))
            return true;
    return is_operator(expression, "||") || is_operator(expression, "~");
}

/* The expression is not NULL. */
static void not_null(struct infer *infer, struct sql_scope *scope, const struct sql_expression *expression,
                     enum effect effect)
{
    bool is_followed = infer_enter(infer);
    if (is_followed && expression->kind == SQL_COLUMN)
        apply(scope, expression->qualifier, expression->name, effect);
    else if (is_followed && is_operator(expression, "between")) { /* NOT BETWEEN can be true if a bound is NULL */
        not_null(infer, scope, expression->items[0], effect);
        mention(infer, scope, expression->items[1]);
        mention(infer, scope, expression->items[2]);
    } else if (is_followed && is_strict(expression))
        for (size_t i = 0; i < expression->count; i++)
            not_null(infer, scope, expression->items[i], effect);
    else
        mention(infer, scope, expression);
    infer_leave(infer);
}

/* Return the expression that is not NULL if the condition is true; NULL if there is none. */
static const struct sql_expression *present_operand(const struct sql_expression *condition)
{
    if (condition->kind == SQL_COLUMN || is_strict(condition))
        return condition;
    if (condition->count == 0)
        return NULL;
    const struct sql_expression *first = condition->items[0];
    if (is_operator(condition, "not") && is_strict(first))
        return first;
    bool is_not_null = condition->kind == SQL_IS && condition->is_negated && condition->items[1]->kind == SQL_NULL;
    bool is_boolean = condition->kind == SQL_IS && !condition->is_negated && condition->items[1]->kind == SQL_BOOLEAN;
    return is_not_null || is_boolean ? first : NULL;
}

static void narrow(struct infer *infer, struct sql_scope *scope, const struct sql_expression *condition,
                   enum effect effect)
{
    const struct sql_expression *present = present_operand(condition);
    if (is_operator(condition, "and")) {
        for (size_t i = 0; i < condition->count; i++)
            narrow(infer, scope, condition->items[i], effect);
    } else if (present != NULL)
        not_null(infer, scope, present, effect);
    else if (condition->kind == SQL_IN && !condition->is_negated) {
        not_null(infer, scope, condition->items[0], effect);
        for (size_t i = 1; i < condition->count; i++)
            mention(infer, scope, condition->items[i]);
    } else if (condition->kind != SQL_IS || condition->items[1]->kind != SQL_NULL)
        mention(infer, scope, condition);
}

void infer_narrow(struct infer *infer, struct sql_scope *scope, const struct sql_expression *condition, bool is_partial)
{
    if (infer_enter(infer))
        narrow(infer, scope, condition, is_partial ? EFFECT_EXISTING : EFFECT_PRESENT);
    infer_leave(infer);
}
