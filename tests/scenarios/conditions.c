/* S-215: random conditions and orders across relations select the same rows, in the same order, as an evaluation in C
 * over the same rows. The rows are random too, from fixed seeds: null keys, orphans, several rows of a has_one, trees,
 * composite keys. */
#include "data.h"
#include "evaluate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 6, CONDITIONS = 30, ROWS = 14, ITEMS = 3, LISTS = AR_CONDITION_TERMS };

/* ---- Random values ----------------------------------------------------------------------------------------------- */

struct source {
    uint32_t random;
    int64_t lists[LISTS][ITEMS]; /* the arrays of ar_in, valid until the next condition */
    size_t list_count;
};

static int64_t below(struct source *source, int64_t limit)
{
    source->random = source->random * 1664525 + 1013904223;
    return (int64_t)(source->random >> 8) % limit;
}

static const char *random_text(struct source *source)
{
    static const char *const texts[] = {"", "a", "A", "ab", "aB", "B%", "_b", "b*", "[a]", "\\a", "aab"};
    return texts[below(source, sizeof texts / sizeof texts[0])];
}

static const char *random_pattern(struct source *source)
{
    static const char *const patterns[] = {"%", "a%", "%B", "_", "_b%", "\\_b", "%\\%", "%*", "[%", "%\\\\%", "A_"};
    return patterns[below(source, sizeof patterns / sizeof patterns[0])];
}

static const struct ar_column *random_column(struct source *source, const struct ar_model *model)
{
    return &model->columns[below(source, model->column_count)];
}

static struct ar_value random_value(struct source *source, const struct ar_column *column)
{
    if (column->type == AR_TYPE_TEXT)
        return ar_value_text(random_text(source));
    return column->type == AR_TYPE_DOUBLE ? ar_value_real((double)below(source, 5))
                                          : ar_value_integer(below(source, 6));
}

/* ---- Random conditions ------------------------------------------------------------------------------------------- */

static struct ar_condition random_text_condition(struct source *source, const struct ar_column *column)
{
    enum ar_letter_case letter_case = below(source, 2) == 0 ? AR_CASE_EXACT : AR_CASE_IGNORED;
    static const enum ar_operator operators[] = {AR_OP_CONTAINS, AR_OP_STARTS_WITH, AR_OP_ENDS_WITH};
    if (below(source, 3) == 0)
        return ar_text_match(AR_OP_LIKE, letter_case, column, random_pattern(source));
    if (below(source, 3) == 0)
        return ar_text_match(AR_OP_EQ, AR_CASE_IGNORED, column, random_text(source));
    return ar_text_match(operators[below(source, 3)], letter_case, column, random_text(source));
}

static struct ar_condition random_number_condition(struct source *source, const struct ar_column *column)
{
    int64_t *items = source->lists[source->list_count++ % LISTS];
    if (column->type != AR_TYPE_INT64 || below(source, 3) > 0)
        return ar_condition_of((enum ar_operator)(AR_OP_EQ + below(source, 6)), column, random_value(source, column));
    for (size_t i = 0; i < ITEMS; i++)
        items[i] = below(source, 6);
    return ar_condition_in(below(source, 2) == 0 ? AR_OP_IN : AR_OP_NOT_IN, column, AR_ITEMS_INT64, items,
                           (size_t)below(source, ITEMS + 1));
}

static struct ar_condition random_leaf(struct source *source, const struct ar_model *model)
{
    const struct ar_column *column = random_column(source, model), *other = random_column(source, model);
    switch (below(source, 5)) {
    case 0:
        return ar_condition_of(below(source, 2) == 0 ? AR_OP_IS_NULL : AR_OP_IS_NOT_NULL, column, ar_value_null());
    case 1: /* strings only for equality: their order depends on the database's collation */
        if (column->type == other->type)
            return ar_condition_columns((enum ar_comparison)below(source, column->type == AR_TYPE_TEXT ? 2 : 6), column,
                                        other);
        break;
    case 2:
        if (column->type == AR_TYPE_TEXT)
            return random_text_condition(source, column);
        return random_number_condition(source, column);
    default:
        break;
    }
    if (column->type != AR_TYPE_TEXT)
        return random_number_condition(source, column);
    return ar_condition_of((enum ar_operator)(AR_OP_EQ + below(source, 2)), column, random_value(source, column));
}

static struct ar_condition random_condition(struct source *source, const struct ar_model *model, int depth)
{
    const struct ar_relation *relation =
        model->relation_count > 0 ? model->relations[below(source, model->relation_count)] : NULL;
    struct ar_condition operands[2], operand = ar_condition_none();
    int64_t kind = depth > 0 ? below(source, 8) : 7;
    if (kind >= 6 || (kind >= 3 && relation == NULL))
        return random_leaf(source, model);
    if (kind < 3) {
        operands[0] = random_condition(source, model, depth - 1);
        operands[1] = random_condition(source, model, depth - 1);
        return kind == 2 ? ar_not(operands[0]) : ar_condition_join(kind == 0 ? AR_OP_AND : AR_OP_OR, operands, 2);
    }
    if (below(source, 4) > 0)
        operand = random_condition(source, relation->target, depth - 1);
    if (kind < 5)
        return ar_has(relation, &operand);
    return ar_has_count(relation, (enum ar_comparison)below(source, 6), below(source, 4), &operand);
}

/* An order by numbers: the order of strings depends on the database's collation. */
static struct ar_order random_order(struct source *source, const struct ar_model *model, int depth)
{
    const struct ar_relation *relation =
        model->relation_count > 0 ? model->relations[below(source, model->relation_count)] : NULL;
    const struct ar_column *column;
    if (relation != NULL && depth > 0 && below(source, 3) > 0) {
        if (relation->kind == AR_RELATION_HAS_MANY)
            return ar_order_by_count(relation, below(source, 2) == 0 ? AR_ASC : AR_DESC);
        return ar_order_through(relation, random_order(source, relation->target, depth - 1));
    }
    do
        column = random_column(source, model);
    while (column->type == AR_TYPE_TEXT);
    return ar_order_of(column, below(source, 2) == 0);
}

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

/* The sort that is expected: two orders, then the key in the direction of the second. */
static const struct world *sorted_world;
static const struct ar_model *sorted_model;
static struct ar_order sorted_orders[2];

static int compare_rows(const void *left, const void *right)
{
    const void *a = *(const void *const *)left, *b = *(const void *const *)right;
    int result = world_compare(sorted_world, &sorted_orders[0], a, b);
    if (result == 0)
        result = world_compare(sorted_world, &sorted_orders[1], a, b);
    for (size_t i = 0; i < sorted_model->key_count && result == 0; i++) {
        struct ar_order key = ar_order_of(&sorted_model->columns[sorted_model->key[i]], sorted_orders[1].descending);
        result = world_compare(sorted_world, &key, a, b);
    }
    return result;
}

/* The numbers of a row's key columns, as text. */
static void print_key(FILE *out, const struct ar_model *model, const void *row)
{
    for (size_t i = 0; i < model->key_count; i++) {
        int64_t part;
        memcpy(&part, (const char *)row + model->columns[model->key[i]].offset, sizeof part);
        fprintf(out, i == 0 ? " %" PRId64 : ",%" PRId64, part);
    }
}

static char *text_of(const struct ar_model *model, const void *const *rows, size_t count)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    for (size_t i = 0; i < count; i++)
        print_key(out, model, rows[i]);
    fclose(out);
    return text;
}

static char *expected_text(const struct world *world, const struct ar_model *model,
                           const struct ar_condition *condition)
{
    const struct table *table = world_table(world, model);
    const void *rows[ROWS];
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++)
        if (world_evaluate(world, condition, table_row(table, i)) == TRUTH_TRUE)
            rows[count++] = table_row(table, i);
    sorted_world = world;
    sorted_model = model;
    qsort(rows, count, sizeof *rows, compare_rows);
    return text_of(model, rows, count);
}

static void check_one(struct fixture *f, struct source *source, const struct world *world, const struct ar_model *model)
{
    uint32_t seed = source->random;
    struct ar_query *q = ar_query_open(f->s, model);
    struct ar_list list;
    struct ar_condition condition = random_condition(source, model, 4);
    if (condition.count > AR_CONDITION_TERMS)
        return;
    for (size_t i = 0; i < 2; i++) {
        sorted_orders[i] = random_order(source, model, 2);
        ar_query_order_by(q, sorted_orders[i]);
    }
    ar_query_where(q, &condition);
    ok(f->s, ar_query_all(q, &list));
    char *expected = expected_text(world, model, &condition);
    char *actual = text_of(model, (const void *const *)list.items, list.count);
    if (strcmp(actual, expected) != 0)
        fail_msg("%s, seed %" PRIu32 ":%s is not%s\nin %s", model->name, seed, actual, expected, f->last_sql);
    free(actual);
    free(expected);
    assert_statements(f, 1);
}

static void check_world(struct fixture *f, struct source *source, const struct world *world)
{
    for (size_t i = 0; i < CONDITIONS; i++)
        for (size_t table = 0; table < world->count; table++)
            check_one(f, source, world, world->tables[table].model);
    ar_session_clear(f->s);
}

/* Write the rows of a table, which is empty. */
static void write_table(struct fixture *f, const struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        char copy[512];
        assert_true(table->model->size <= sizeof copy);
        memcpy(copy, table_row(table, i), table->model->size);
        add_row(f, table->model, copy);
    }
}

/* ---- The worlds -------------------------------------------------------------------------------------------------- */

static void test_s215_loose_rows(void **state)
{
    struct fixture *f = *state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct source source = {.random = seed};
        struct owner owners[ROWS];
        struct loose_profile profiles[ROWS];
        struct loose_post posts[ROWS];
        const struct table tables[] = {{&owner_model, owners, (size_t)below(&source, ROWS + 1)},
                                       {&loose_profile_model, profiles, (size_t)below(&source, ROWS + 1)},
                                       {&loose_post_model, posts, (size_t)below(&source, ROWS + 1)}};
        for (int64_t i = 0; i < ROWS; i++) {
            owners[i] = (struct owner){.id = i + 1, .name = random_text(&source)};
            profiles[i] = (struct loose_profile){i + 1, random_text(&source), below(&source, 8)};
            posts[i] = (struct loose_post){i + 1, below(&source, 4) == 0 ? NULL : random_text(&source),
                                           below(&source, 6), below(&source, ROWS + 2)};
        }
        run_sql(f, "DELETE FROM owners");
        run_sql(f, "DELETE FROM loose_profiles");
        run_sql(f, "DELETE FROM loose_posts");
        for (size_t i = 0; i < 3; i++)
            write_table(f, &tables[i]);
        check_world(f, &source, &(struct world){tables, 3});
    }
}

static void test_s215_a_tree(void **state)
{
    struct fixture *f = *state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct source source = {.random = seed};
        struct cat cats[ROWS];
        const struct table table = {&cat_model, cats, (size_t)below(&source, ROWS + 1)};
        for (int64_t i = 0; i < ROWS; i++)
            cats[i] = (struct cat){.id = i + 1, .parent_id = below(&source, i + 1), .name = random_text(&source)};
        run_sql(f, "UPDATE cats SET parent_id = NULL");
        run_sql(f, "DELETE FROM cats");
        write_table(f, &table);
        check_world(f, &source, &(struct world){&table, 1});
    }
}

static void test_s215_composite_keys(void **state)
{
    struct fixture *f = *state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct source source = {.random = seed};
        struct account accounts[ROWS];
        struct entry entries[ROWS];
        struct account_limit limits[ROWS / 2];
        const struct table tables[] = {{&account_model, accounts, ROWS},
                                       {&entry_model, entries, (size_t)below(&source, ROWS + 1)},
                                       {&account_limit_model, limits, (size_t)below(&source, ROWS / 2)}};
        for (int64_t i = 0; i < ROWS; i++) {
            const struct account *account = &accounts[below(&source, i + 1)];
            accounts[i] = (struct account){i / 4 + 1, i % 4 + 1, random_text(&source)};
            entries[i] = (struct entry){i + 1, account->tenant_id, account->number, random_text(&source)};
            if (below(&source, 4) == 0)
                entries[i].account_number = 0;
            if (below(&source, 6) == 0)
                entries[i].tenant_id = 0;
            if (i < ROWS / 2)
                limits[i] = (struct account_limit){i / 2 + 1, i % 2 + 1, (double)below(&source, 5)};
        }
        run_sql(f, "DELETE FROM account_limits");
        run_sql(f, "DELETE FROM entries");
        run_sql(f, "DELETE FROM accounts");
        for (size_t i = 0; i < 3; i++)
            write_table(f, &tables[i]);
        check_world(f, &source, &(struct world){tables, 3});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s215_loose_rows, open_loose),
        scenario(test_s215_a_tree, open_tree),
        scenario(test_s215_composite_keys, open_keys),
    };
    return cmocka_run_group_tests_name("conditions", tests, NULL, NULL);
}
