/* SQL of a condition. The terms are in prefix notation: each function adds a term with its operands, and returns the
 * term after them. Columns are qualified by sql->table, which is the alias of the related rows within a condition on
 * these. */
#include "read/condition_sql.h"

#include "read/json_sql.h"
#include "read/pattern.h"
#include "sql/join.h"

static const struct ar_term *add_term(struct sql *sql, const struct ar_term *term);

static const char *const comparisons[] = {
    [AR_EQ] = "=", [AR_NE] = "<>", [AR_LT] = "<", [AR_LE] = "<=", [AR_GT] = ">", [AR_GE] = ">=",
};

static const struct ar_term *add_operands(struct sql *sql, const struct ar_term *term, const char *between, bool none)
{
    const struct ar_term *next = term + 1;

    if (term->operand_count == 0)
        ar_sql_add_truth(sql, none);
    for (uint32_t i = 0; i < term->operand_count; i++) {
        ar_sql_add(sql, i > 0 ? between : "", "(", NULL);
        next = add_term(sql, next);
        ar_sql_add(sql, ")", NULL);
    }
    return next;
}

/* Add what is compared: the column, or the part of it that `json`, unless NULL, refers to. */
static void add_left(struct sql *sql, const struct ar_term *term, const struct ar_term *json, bool is_sorted)
{
    if (json != NULL)
        ar_sql_add_json_part(sql, json, is_sorted);
    else if (is_sorted)
        ar_sql_add_ordered_column_of(sql, NULL, term->column);
    else /* equal values have equal bytes, and may have an index */
        ar_sql_add_column(sql, term->column);
}

/* ---- Comparisons ------------------------------------------------------------------------------------------------- */

static void add_membership(struct sql *sql, const struct ar_term *term, const struct ar_term *json)
{
    const struct dialect *dialect = &sql->driver->dialect;
    const struct sql_brackets *brackets = term->op == AR_OP_IN ? &dialect->in_keys : &dialect->not_in_keys;

    if (json != NULL) {
        ar_sql_add_json_part(sql, json, false);
        ar_sql_add(sql, brackets->open, NULL);
        ar_sql_add_keys(sql, term->value.bytes.data);
        ar_sql_add(sql, brackets->close, NULL);
        return;
    }
    ar_sql_add_member(sql, term->column, term->value.bytes.data, term->op == AR_OP_IN);
}

static void add_bracketed_text(struct sql *sql, const struct sql_brackets *brackets, const struct ar_term *term,
                               const struct ar_term *json)
{
    const struct ar_column *column = term->column;

    ar_sql_add(sql, brackets->open, NULL);
    if (json != NULL) {
        ar_sql_add_json_part(sql, json, false);
    } else {
        ar_sql_open_text(sql, column);
        ar_sql_add_column(sql, column);
        ar_sql_close_text(sql, column);
    }
    ar_sql_add(sql, brackets->close, NULL);
}

/* Add `column GLOB ?`. */
static void add_glob(struct sql *sql, const struct ar_term *term, const struct ar_term *json, const char *glob)
{
    struct ar_value pattern = ar_pattern_to_glob(sql->text.arena, &term->value);

    if (pattern.kind != term->value.kind)
        sql->text.out_of_memory = true;
    add_left(sql, term, json, false);
    ar_sql_add(sql, glob, NULL);
    ar_sql_add_value(sql, term->column, pattern);
}

static void add_pattern(struct sql *sql, const struct ar_term *term, const struct ar_term *json)
{
    static const struct sql_brackets none = {"", ""};
    const struct dialect *dialect = &sql->driver->dialect;

    if (term->letter_case == AR_CASE_EXACT && dialect->glob != NULL) {
        add_glob(sql, term, json, dialect->glob);
        return;
    }
    add_bracketed_text(sql, term->letter_case == AR_CASE_IGNORED ? &dialect->fold_to_match : &none, term, json);
    ar_sql_add(sql, dialect->like, NULL);
    ar_sql_add_value(sql, term->column, term->value);
    ar_sql_add(sql, dialect->like_end, NULL);
}

static void add_null_test(struct sql *sql, const struct ar_column *column, bool is_null)
{
    ar_sql_add_column(sql, column);
    ar_sql_add(sql, is_null ? " IS NULL" : " IS NOT NULL", NULL);
}

/* Add `column = ?` or the like; the operator is the name of a comparison. */
static void add_comparison(struct sql *sql, const struct ar_term *term, const struct ar_term *json,
                           enum ar_comparison comparison)
{
    bool folds = comparison == AR_EQ && term->letter_case == AR_CASE_IGNORED;

    if (term->value.kind == AR_VALUE_NULL && (comparison == AR_EQ || comparison == AR_NE)) {
        add_null_test(sql, term->column, comparison == AR_EQ);
        return;
    }
    if (folds)
        add_bracketed_text(sql, &sql->driver->dialect.fold_to_equal, term, json);
    else
        add_left(sql, term, json, comparison != AR_EQ && comparison != AR_NE);
    if (folds || json != NULL)
        ar_sql_add_operator(sql, comparisons[comparison]);
    else
        ar_sql_add_operator_of(sql, term->column, comparisons[comparison]);
    if (json != NULL)
        ar_sql_add_json_value(sql, json, term->value);
    else
        ar_sql_add_value(sql, term->column, term->value);
}

/* Add a test of the items of an array, which is NULL if the array is. */
static void add_item(struct sql *sql, const struct ar_term *term)
{
    const struct ar_column *value_column = term->value.kind == AR_VALUE_INTEGER ? NULL : term->column;

    if (sql->driver->dialect.has_key_arrays) {
        ar_sql_add_value(sql, value_column, term->value);
        ar_sql_add_operator(sql, "=");
        ar_sql_add(sql, "ANY (", NULL);
        ar_sql_add_column(sql, term->column);
        ar_sql_add(sql, ")", NULL);
        return;
    }
    ar_sql_add(sql, "CASE WHEN ", NULL);
    ar_sql_add_column(sql, term->column);
    ar_sql_add(sql, " IS NOT NULL THEN EXISTS (SELECT 1 FROM json_each(", NULL);
    ar_sql_add_column(sql, term->column);
    ar_sql_add(sql, ") AS armature_items WHERE armature_items.value = ", NULL);
    ar_sql_add_value(sql, value_column, term->value);
    ar_sql_add(sql, ") END", NULL);
}

static void add_columns(struct sql *sql, const struct ar_term *term)
{
    ar_sql_add_ordered_column_of(sql, NULL, term->column);
    ar_sql_add_operator_of(sql, term->column, comparisons[term->comparison]);
    ar_sql_add_column(sql, term->other);
}

/* ---- Related rows ------------------------------------------------------------------------------------------------ */

/* Add AND with a condition. SQLite's parser has a small stack, so that each level of parentheses counts. */
static const struct ar_term *add_operand(struct sql *sql, const struct ar_term *term)
{
    bool has_parentheses = term->op == AR_OP_OR;

    ar_sql_add(sql, has_parentheses ? " AND (" : " AND ", NULL);
    term = add_term(sql, term);
    ar_sql_add(sql, has_parentheses ? ")" : "", NULL);
    return term;
}

/* Add FROM and WHERE with the related rows that satisfy the operand. */
static const struct ar_term *add_related_rows(struct sql *sql, const struct ar_term *term)
{
    const struct ar_relation *relation = term->related.relation;
    const struct table_alias alias = ar_sql_next_alias(sql);
    const struct ar_term *next = term + 1;
    const char *owner = sql->table;

    if (term->op == AR_OP_HAS && term->operand_count == 0) { /* of several rows, it does not matter which one */
        ar_sql_add_related(sql, relation, owner, alias.name);
        return next;
    }
    ar_sql_add_related_record(sql, relation, owner, alias.name);
    if (term->operand_count == 0)
        return next;
    sql->table = alias.name;
    next = add_operand(sql, next);
    sql->table = owner;
    return next;
}

static const struct ar_term *add_existence(struct sql *sql, const struct ar_term *term)
{
    const struct ar_term *next;

    ar_sql_add(sql, "EXISTS (SELECT 1", NULL);
    next = add_related_rows(sql, term);
    ar_sql_add(sql, ")", NULL);
    return next;
}

static const struct ar_term *add_count(struct sql *sql, const struct ar_term *term)
{
    const struct ar_term *next;

    ar_sql_add(sql, "(SELECT ", NULL);
    ar_sql_add_function(sql, "count");
    ar_sql_add(sql, "(*)", NULL);
    next = add_related_rows(sql, term);
    ar_sql_add(sql, ")", NULL);
    ar_sql_add_operator(sql, comparisons[term->related.comparison]);
    ar_sql_add_value(sql, NULL, ar_value_integer(term->related.count));
    return next;
}

/* ---- The expression ---------------------------------------------------------------------------------------------- */

/* Add a comparison of a column, or of a part of it. */
static void add_leaf(struct sql *sql, const struct ar_term *term, const struct ar_term *json)
{
    switch (term->op) {
    case AR_OP_IN:
    case AR_OP_NOT_IN:
        add_membership(sql, term, json);
        break;
    case AR_OP_HAS_ITEM:
        add_item(sql, term);
        break;
    case AR_OP_EQ:
        add_comparison(sql, term, json, AR_EQ);
        break;
    case AR_OP_NE:
        add_comparison(sql, term, json, AR_NE);
        break;
    case AR_OP_LT:
        add_comparison(sql, term, json, AR_LT);
        break;
    case AR_OP_LE:
        add_comparison(sql, term, json, AR_LE);
        break;
    case AR_OP_GT:
        add_comparison(sql, term, json, AR_GT);
        break;
    case AR_OP_GE:
        add_comparison(sql, term, json, AR_GE);
        break;
    case AR_OP_LIKE:
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
        add_pattern(sql, term, json);
        break;
    case AR_OP_IS_NULL:
    case AR_OP_IS_NOT_NULL:
        add_null_test(sql, term->column, term->op == AR_OP_IS_NULL);
        break;
    case AR_OP_AND:
    case AR_OP_OR:
    case AR_OP_NOT:
    case AR_OP_HAS:
    case AR_OP_HAS_COUNT:
    case AR_OP_COLUMNS:
    case AR_OP_JSON:
    case AR_OP_ALL_OF: /* in a query, these have become AND and OR */
    case AR_OP_ANY_OF:
        break;
    }
}

/* Add a condition on a part of a JSON column. */
static const struct ar_term *add_json(struct sql *sql, const struct ar_term *json)
{
    const struct ar_term *operand = json + 1;

    if (json->json_kind == AR_JSON_BOOL) {
        ar_sql_add_json_bool(sql, json, (operand->value.integer != 0) == (operand->op == AR_OP_EQ));
        return operand + 1;
    }
    ar_sql_open_json(sql, json);
    if (json->json_kind == AR_JSON_EXISTS)
        return operand;
    add_leaf(sql, operand, json);
    ar_sql_close_json(sql, json);
    return operand + 1;
}

static const struct ar_term *add_term(struct sql *sql, const struct ar_term *term)
{
    switch (term->op) {
    case AR_OP_AND:
        return add_operands(sql, term, " AND ", true);
    case AR_OP_OR:
        return add_operands(sql, term, " OR ", false);
    case AR_OP_NOT:
        ar_sql_add(sql, "NOT ", NULL);
        return add_operands(sql, term, " AND ", true);
    case AR_OP_HAS:
        return add_existence(sql, term);
    case AR_OP_HAS_COUNT:
        return add_count(sql, term);
    case AR_OP_JSON:
        return add_json(sql, term);
    case AR_OP_COLUMNS:
        add_columns(sql, term);
        return term + 1;
    case AR_OP_IN:
    case AR_OP_NOT_IN:
    case AR_OP_HAS_ITEM:
    case AR_OP_EQ:
    case AR_OP_NE:
    case AR_OP_LT:
    case AR_OP_LE:
    case AR_OP_GT:
    case AR_OP_GE:
    case AR_OP_LIKE:
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
    case AR_OP_IS_NULL:
    case AR_OP_IS_NOT_NULL:
    case AR_OP_ALL_OF:
    case AR_OP_ANY_OF:
        break;
    }
    add_leaf(sql, term, NULL);
    return term + 1;
}

void ar_sql_add_condition(struct sql *sql, const struct ar_term *condition, const char *table)
{
    const char *outer = sql->table;

    sql->table = table;
    (void)add_term(sql, condition);
    sql->table = outer;
}
