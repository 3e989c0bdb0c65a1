/* Reads and lazy or eager relations, compared with the shadow. */
#include "operations.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

static char *order_by_key(const struct ar_model *model)
{
    char *text = text_of("ORDER BY %s", model->columns[model->key[0]].sql);

    for (size_t i = 1; i < model->key_count; i++) {
        char *longer = text_of("%s, %s", text, model->columns[model->key[i]].sql);
        free(text);
        text = longer;
    }
    return text;
}

static void print_rows(FILE *out, const char *title, const struct rows *rows)
{
    fprintf(out, "%s\n", title);
    for (size_t i = 0; i < rows->count; i++)
        fprintf(out, "    %s\n", rows->items[i]);
}

/* Compare records with the rows of `rest`, in order or as sets, and hold the records. */
static void compare(struct world *w, const struct ar_model *model, struct ar_list list, const char *rest,
                    bool is_ordered)
{
    struct rows expected = shadow_rows(w->shadow, model, rest);
    struct rows actual = {0};

    for (size_t i = 0; i < list.count; i++)
        rows_add(&actual, row_of(model, list.items[i]));
    if (!is_ordered) {
        rows_sort(&actual);
        rows_sort(&expected);
    }
    if (!rows_equal(&actual, &expected)) {
        print_rows(w->log, "Armature:", &actual);
        print_rows(w->log, "the shadow:", &expected);
        world_fail(w, "records of %s differ from the rows %s", model->name, rest);
    }
    for (size_t i = 0; i < list.count; i++)
        hold(w, model, list.items[i]);
    rows_free(&expected);
    rows_free(&actual);
}

/* Return "key of the target = values of the owner" for a relation; the caller frees it. */
static char *relation_condition(const struct ar_relation *relation, const void *owner)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (relation->kind == AR_RELATION_BELONGS_TO)
        key_print(out, relation->target, relation->target->key, relation->owner, relation->foreign_key,
                  relation->target->key_count, owner);
    else
        key_print(out, relation->target, relation->foreign_key, relation->owner, relation->owner->key,
                  relation->owner->key_count, owner);
    fclose(out);
    return text;
}

/* Access a relation, compare it with the shadow, and return its records. The list is valid until the session is
 * cleared, a single record as long as `*one`. */
static struct ar_list check_relation(struct world *w, const struct ar_relation *relation, const void *owner,
                                     const char *condition, bool is_ordered, uint64_t limit, void **one)
{
    bool is_list = relation->kind == AR_RELATION_HAS_MANY;
    struct ar_list list = {0};
    char *keys = relation_condition(relation, owner);
    char *order = order_by_key(relation->target);
    char *rest = text_of("WHERE %s AND (%s) %s LIMIT %" PRIu64, keys, condition, order, is_list ? limit : 1);

    if (is_list) {
        expect_ok(w, ar_relation_list(w->s, relation, owner, &list));
    } else {
        expect_ok(w, ar_relation_one(w->s, relation, owner, one));
        list = (struct ar_list){one, *one != NULL};
    }
    compare(w, relation->target, list, rest, is_ordered || !is_list);
    free(keys);
    free(order);
    free(rest);
    return list;
}

static void check_whole_relation(struct world *w, const struct ar_relation *relation, const void *owner)
{
    void *one;

    check_relation(w, relation, owner, "1", false, INT64_MAX, &one);
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static const struct ar_column *random_column(struct world *w, const struct ar_model *model)
{
    return &model->columns[random_below(&w->random, model->column_count)];
}

char *add_condition(struct world *w, const struct ar_model *model, struct ar_query *q)
{
    char *first_sql, *second_sql, *sql;
    size_t size;
    FILE *out = open_memstream(&first_sql, &size);
    struct ar_condition first = random_condition(&w->random, random_column(w, model), out), second;

    fclose(out);
    out = open_memstream(&second_sql, &size);
    second = random_condition(&w->random, random_column(w, model), out);
    fclose(out);
    switch (random_below(&w->random, 5)) {
    case 0:
        first = ar_or(first, second);
        sql = text_of("(%s OR %s)", first_sql, second_sql);
        break;
    case 1:
        first = ar_and(first, ar_not(second));
        sql = text_of("(%s AND NOT (%s))", first_sql, second_sql);
        break;
    case 2:
        ar_query_where(q, &second);
        sql = text_of("(%s) AND (%s)", second_sql, first_sql);
        break;
    default:
        sql = strdup(first_sql);
    }
    ar_query_where(q, &first);
    free(first_sql);
    free(second_sql);
    return sql;
}

/* Let the rows have one key for a random relation, so that it is known before they are read. */
static char *fix_key(struct world *w, const struct ar_model *model, struct ar_query *q)
{
    const struct ar_relation *relation = model->relations[random_below(&w->random, model->relation_count)];
    bool refers = relation->kind == AR_RELATION_BELONGS_TO;
    const uint16_t *columns = refers ? relation->foreign_key : model->key;
    size_t count = refers ? relation->target->key_count : model->key_count, size;
    char *sql;
    FILE *out = open_memstream(&sql, &size);

    for (size_t i = 0; i < count; i++) {
        fputs(i > 0 ? " AND " : "", out);
        struct ar_condition equal = random_equality(&w->random, &model->columns[columns[i]], out);
        ar_query_where(q, &equal);
    }
    fclose(out);
    return sql;
}

/* Add conditions to half of the queries, and return them as SQL. */
static char *add_conditions(struct world *w, const struct ar_model *model, struct ar_query *q)
{
    switch (random_below(&w->random, 6)) {
    case 0:
    case 1:
        return add_condition(w, model, q);
    case 2:
        return model->relation_count > 0 ? fix_key(w, model, q) : add_condition(w, model, q);
    default:
        return strdup("1");
    }
}

static void add_order_by_key(struct ar_query *q, const struct ar_model *model)
{
    for (size_t i = 0; i < model->key_count; i++)
        ar_query_order_by(q, ar_asc((struct ar_int_column){&model->columns[model->key[i]]}));
}

/* ---- Trees of eager relations ------------------------------------------------------------------------------------ */

#define BRANCHES_MAX 4

/* One eager relation; `parent` is the index of its parent branch, or -1 for the root. */
struct branch {
    const struct ar_relation *relation;
    int parent;
    struct ar_query *query;
    char *condition;
    bool is_ordered;
    uint64_t limit;
};

struct tree {
    struct branch branches[BRANCHES_MAX];
    size_t count;
};

static bool has_relation_twice(const struct tree *tree)
{
    for (size_t i = 0; i < tree->count; i++)
        for (size_t j = 0; j < i; j++)
            if (tree->branches[i].relation == tree->branches[j].relation)
                return true;
    return false;
}

static void choose_branches(struct world *w, const struct ar_model *root, struct tree *tree)
{
    size_t wanted = random_below(&w->random, BRANCHES_MAX + 1);

    for (size_t i = 0; i < wanted; i++) {
        int parent = (int)random_below(&w->random, (uint32_t)tree->count + 1) - 1;
        const struct ar_model *owner = parent < 0 ? root : tree->branches[parent].relation->target;
        const struct ar_relation *relation = owner->relations[random_below(&w->random, owner->relation_count)];
        bool is_there = false;

        for (size_t j = 0; j < tree->count; j++)
            is_there |= tree->branches[j].parent == parent && tree->branches[j].relation == relation;
        if (!is_there)
            tree->branches[tree->count++] = (struct branch){.relation = relation, .parent = parent, .limit = INT64_MAX};
    }
}

/* Eager-load the branches with the query. Conditions and limits are added only if no relation occurs twice: an owner on
 * two levels has only one list. */
static void plant(struct world *w, struct ar_query *root, struct tree *tree)
{
    bool is_refined = !has_relation_twice(tree) && random_one_in(&w->random, 2);

    for (size_t i = 0; i < tree->count; i++) {
        struct branch *branch = &tree->branches[i];
        struct ar_query *parent = branch->parent < 0 ? root : tree->branches[branch->parent].query;
        branch->query = ar_query_with_relation(parent, branch->relation);
        branch->condition = is_refined ? add_conditions(w, branch->relation->target, branch->query) : strdup("1");
        if (is_refined && branch->relation->kind == AR_RELATION_HAS_MANY && random_one_in(&w->random, 3)) {
            add_order_by_key(branch->query, branch->relation->target);
            branch->is_ordered = true;
            branch->limit = random_one_in(&w->random, 2) ? 1 + random_below(&w->random, 3) : INT64_MAX;
            if (branch->limit != INT64_MAX)
                ar_query_limit(branch->query, branch->limit);
        }
        world_note(w, "  with %d.%s where %s limit %" PRIu64, branch->parent, branch->relation->name, branch->condition,
                   branch->limit);
    }
}

/* Compare the records loaded for these owners, level by level. The caller clears them afterwards, because refined
 * relations are only served in their own result. */
static void walk(struct world *w, const struct tree *tree, int parent, struct ar_list owners)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct branch *branch = &tree->branches[i];
        if (branch->parent != parent)
            continue;
        for (size_t j = 0; j < owners.count; j++) {
            void *one;
            struct ar_list list = check_relation(w, branch->relation, owners.items[j], branch->condition,
                                                 branch->is_ordered, branch->limit, &one);
            walk(w, tree, (int)i, list);
        }
    }
}

static void forget(struct world *w, const struct tree *tree, int parent, struct ar_list owners)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct branch *branch = &tree->branches[i];
        if (branch->parent != parent)
            continue;
        for (size_t j = 0; j < owners.count; j++) {
            void *one;
            struct ar_list list = {0};
            if (branch->relation->kind == AR_RELATION_HAS_MANY) {
                expect_ok(w, ar_relation_list(w->s, branch->relation, owners.items[j], &list));
            } else {
                expect_ok(w, ar_relation_one(w->s, branch->relation, owners.items[j], &one));
                list = (struct ar_list){&one, one != NULL};
            }
            forget(w, tree, (int)i, list);
            ar_relation_clear(w->s, branch->relation, owners.items[j]);
        }
    }
}

/* ---- Operations -------------------------------------------------------------------------------------------------- */

static const struct ar_model *random_model(struct world *w)
{
    return w->models[random_below(&w->random, (uint32_t)w->model_count)];
}

void read_one(struct world *w)
{
    const struct ar_model *model = random_model(w);
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    union record wanted = {0};
    void *found;
    enum ar_status status;
    char *text, *rest;

    for (size_t i = 0; i < model->key_count; i++) {
        field_fill(&w->random, &model->columns[model->key[i]], &wanted);
        key[i] = value_of(&model->columns[model->key[i]], &wanted);
    }
    text = key_of(model, &wanted);
    rest = text_of("WHERE %s", text);
    world_note(w, "find %s %s", model->name, text);
    status = w->depth > 0 && random_one_in(&w->random, 3) ? ar_record_find_for_update(w->s, model, key, &found)
                                                          : ar_record_find(w->s, model, key, &found);
    if (status != AR_NOT_FOUND)
        expect_ok(w, status);
    compare(w, model, (struct ar_list){&found, found != NULL}, rest, true);
    free(text);
    free(rest);
}

void read_many(struct world *w)
{
    const struct ar_model *model = random_model(w);
    struct ar_query *q = ar_query_open(w->s, model);
    struct tree tree = {0};
    struct ar_list list;
    char *condition = add_conditions(w, model, q), *order = order_by_key(model), *rest;
    uint64_t limit = random_one_in(&w->random, 3) ? random_below(&w->random, 6) : INT64_MAX;
    uint64_t offset = limit != INT64_MAX ? random_below(&w->random, 3) : 0;

    add_order_by_key(q, model);
    if (limit != INT64_MAX)
        ar_query_limit(q, limit);
    if (offset > 0)
        ar_query_offset(q, offset);
    if (w->depth > 0 && random_one_in(&w->random, 3))
        ar_query_for_update(q);
    ar_query_plan(q, (enum ar_plan)random_below(&w->random, AR_PLAN_ONE_TRIP + 1));
    rest = text_of("WHERE %s %s LIMIT %" PRIu64 " OFFSET %" PRIu64, condition, order, limit, offset);
    world_note(w, "all %s %s", model->name, rest);
    choose_branches(w, model, &tree);
    plant(w, q, &tree);
    expect_ok(w, ar_query_all(q, &list));
    compare(w, model, list, rest, true);
    walk(w, &tree, -1, list);
    forget(w, &tree, -1, list);
    for (size_t i = 0; i < tree.count; i++)
        free(tree.branches[i].condition);
    free(condition);
    free(order);
    free(rest);
}

void read_aggregate(struct world *w)
{
    const struct ar_model *model = random_model(w);
    struct ar_query *q = ar_query_open(w->s, model);
    char *condition = add_condition(w, model, q);
    char *sql = text_of("SELECT count(*) FROM %s WHERE %s", model->sql, condition);
    int64_t expected = shadow_integer(w->shadow, sql, 0), count;
    bool exists;

    world_note(w, "count %s where %s", model->name, condition);
    expect_ok(w, ar_query_count(q, &count));
    if (count != expected)
        world_fail(w, "the count is %" PRId64 ", expected %" PRId64, count, expected);
    expect_ok(w, ar_query_exists(q, &exists));
    if (exists != (expected > 0))
        world_fail(w, "exists returned %d for %" PRId64 " rows", exists, expected);
    free(sql);
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        struct ar_value sum;
        if (!ar_type_is_integer((enum ar_type)column->type))
            continue;
        sql = text_of("SELECT sum(%s) FROM %s WHERE %s", column->sql, model->sql, condition);
        expected = shadow_integer(w->shadow, sql, INT64_MIN);
        expect_ok(w, ar_query_aggregate(q, AR_AGGREGATE_SUM, column, &sum));
        if ((sum.kind == AR_VALUE_NULL ? INT64_MIN : sum.integer) != expected)
            world_fail(w, "the sum of %s is not %" PRId64, column->name, expected);
        free(sql);
    }
    free(condition);
}

void read_relation(struct world *w)
{
    if (w->held_count == 0)
        return;
    const struct held *held = &w->held[random_below(&w->random, (uint32_t)w->held_count)];
    const struct ar_relation *relation = held->model->relations[random_below(&w->random, held->model->relation_count)];

    world_note(w, "%s.%s of %s", held->model->name, relation->name, held->key);
    check_whole_relation(w, relation, held->record);
}

void read_explicitly(struct world *w)
{
    const struct ar_model *model = random_model(w);
    const struct ar_relation *relation = model->relations[random_below(&w->random, model->relation_count)];
    const void *records[HELD_MAX];
    size_t count = 0;

    for (size_t i = 0; i < w->held_count; i++)
        if (w->held[i].model == model)
            records[count++] = w->held[i].record;
    world_note(w, "load %s.%s of %zu records", model->name, relation->name, count);
    expect_ok(w, ar_relation_load(w->s, relation, records, count));
    for (size_t i = 0; i < count; i++)
        check_whole_relation(w, relation, records[i]);
}
