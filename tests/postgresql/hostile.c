/* A search path with an attacker's schema (CVE-2018-1058). It contains an object with the same name as each built-in
 * function, operator and catalog that a statement might use. It precedes pg_catalog, so that every unqualified name
 * refers to the attacker's object, which raises an error. */
#include "hostile.ar.h"
#include "server.h"

#include <stdio.h>
#include <string.h>

/* Operators for PostgreSQL's types and for pairs of types that it would convert, functions with the same parameters,
 * and catalogs. Aggregates are plain functions here, because calling one as an aggregate also fails. */
static const char schema[] =
    "DROP SCHEMA IF EXISTS hostile CASCADE; CREATE SCHEMA hostile;"
    "CREATE FUNCTION hostile.trap() RETURNS boolean LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the trap was called'; END $$;"
    "CREATE FUNCTION pg_temp.add_operator(name text, l text, r text) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN"
    " EXECUTE format('CREATE OR REPLACE FUNCTION hostile.trap(%s, %s) RETURNS boolean LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION ''operator %%'', %L; END $$', l, r, name);"
    " EXECUTE format('CREATE OPERATOR hostile.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = hostile.trap)', name, l, r);"
    " EXCEPTION WHEN duplicate_function OR invalid_function_definition OR feature_not_supported THEN NULL; END $f$;"
    "DO $do$ DECLARE o record; n text; BEGIN"
    " FOR o IN SELECT oprname, format_type(oprleft, NULL) AS l, format_type(oprright, NULL) AS r FROM pg_operator"
    "  WHERE oprname IN ('=', '<>', '<', '>', '<=', '>=', '~~', '+', '-', '/', '||') AND oprleft <> 0"
    "  AND oprleft IN (SELECT oid FROM pg_type WHERE typtype = 'b')"
    "  AND oprright IN (SELECT oid FROM pg_type WHERE typtype = 'b')"
    " LOOP PERFORM pg_temp.add_operator(o.oprname, o.l, o.r); END LOOP;"
    " FOREACH n IN ARRAY ARRAY['=', '<>', '<', '>', '<=', '>=', '~~'] LOOP"
    "  FOR o IN SELECT l, r FROM unnest(ARRAY['varchar', 'text', 'name', 'bpchar', 'oid', 'regclass', 'bigint']) AS l,"
    "   unnest(ARRAY['varchar', 'text', 'name', 'bpchar', 'oid', 'regclass', '\"char\"']) AS r"
    "  LOOP PERFORM pg_temp.add_operator(n, o.l, o.r); END LOOP;"
    " END LOOP;"
    " FOR o IN SELECT DISTINCT proname, pg_get_function_identity_arguments(oid) AS arguments FROM pg_proc"
    "  WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind IN ('f', 'a', 'w') AND pronargs < 4"
    "  AND proname !~ '(in|out|recv|send|_accum.*|_combine|_inv|_serialize|_deserialize|sel|support|cmp)$'"
    "  AND NOT EXISTS (SELECT FROM unnest(proargtypes) AS t WHERE t IN ('internal'::regtype, 'cstring'::regtype,"
    "   'trigger'::regtype, '\"any\"'::regtype, 'event_trigger'::regtype))"
    " LOOP BEGIN EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS boolean LANGUAGE plpgsql AS"
    "  $$ BEGIN RAISE EXCEPTION ''function %%'', %L; END $$', o.proname, regexp_replace(o.arguments, 'ORDER BY', ','),"
    "  o.proname); EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP;"
    " FOR o IN SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r', 'v')"
    " LOOP EXECUTE format('CREATE VIEW hostile.%I AS SELECT hostile.trap()', o.relname); END LOOP;"
    " END $do$";

static struct administrator administrator;

static int open_administrator(void **state)
{
    (void)state;
    administrator_open(&administrator);
    ok(administrator.s, ar_execute(administrator.s, schema));
    return 0;
}

static int close_administrator(void **state)
{
    (void)state;
    administrator_close(&administrator);
    return 0;
}

static int open_hostile(void **state)
{
    return fixture_open_with(state, server_url("&options=-csearch_path%3Dpublic%2Chostile%2Cpg_catalog"), NULL,
                             (const struct ar_model *const[]){&owner_model, &kind_model, &pet_model, &trait_model,
                                                              &score_model, &cell_model, &dot_model},
                             7);
}

static void add_data(struct fixture *f)
{
    static const char *const names[] = {"cat", "dog"};
    struct owner owners[3] = {{.name = "a"}, {.name = "b"}, {.name = "c", .born_at = 1}};

    for (size_t i = 0; i < 3; i++)
        ok(f->s, owner_insert(f->s, &owners[i]));
    for (size_t i = 0; i < 2; i++) {
        struct kind kind = {.name = names[i]};
        struct trait trait = {.kind_name = names[i], .number = 7};
        struct score score = {.kind_name = names[i], .trait_number = 7, .points = 3};
        struct cell cell = {.x = 1, .y = (int64_t)i};
        struct dot dot = {.x = 1, .y = (int64_t)i};
        ok(f->s, kind_save(f->s, &kind)); /* INSERT … ON CONFLICT */
        ok(f->s, trait_insert(f->s, &trait));
        ok(f->s, score_insert(f->s, &score));
        ok(f->s, cell_insert(f->s, &cell));
        ok(f->s, dot_insert(f->s, &dot));
    }
    for (size_t i = 0; i < 4; i++) {
        struct pet pet = {.owner_id = owners[i / 2].id, .kind_name = names[i % 2], .name = "p_%"};
        ok(f->s, pet_insert(f->s, &pet));
    }
    ar_session_clear(f->s);
}

/* The trap works. Otherwise the other tests would not prove anything. */
static void test_the_trap(void **state)
{
    static const char *const statements[] = {
        "SELECT 1 = 1",
        "SELECT 'a'::varchar = 'b'::text",
        "SELECT count(*) FROM hostile_owners",
        "SELECT * FROM hostile_owners WHERE id IN (SELECT 1)",
        "SELECT * FROM unnest(ARRAY[1])",
        "SELECT name LIKE 'x' FROM hostile_owners",
        "SELECT 1 BETWEEN 0 AND 2",
        "SELECT FROM pg_class",
        "SELECT array_agg(1)",
        "SELECT nextval('x'::regclass)",
        "SELECT to_timestamp(1.0::float8)",
    };
    struct fixture *f = *state;

    add_data(f);
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
        if (ar_execute(f->s, statements[i]) == AR_OK)
            fail_msg("no trap for %s", statements[i]);
}

static void test_single_records(void **state)
{
    struct fixture *f = *state;
    struct owner *owner;
    struct trait *trait;
    struct kind *kind;
    struct ar_position position;

    add_data(f);
    ok(f->s, owner_find(f->s, 1, &owner));
    assert_int_equal(owner->born_at, 86400);
    owner->age++;
    ok(f->s, owner_update(f->s, owner));
    assert_int_equal(owner->version, 1);
    ok(f->s, owner_reload(f->s, owner));
    ok(f->s, kind_find(f->s, "cat", &kind));
    kind->note = "changed";
    ok(f->s, kind_save(f->s, kind));
    struct kind again = {.name = "dog", .note = "replaced"};
    ok(f->other, kind_save(f->other, &again));
    ok(f->s, trait_find(f->s, "cat", 7, &trait));
    struct owner last = {.name = "last"};
    ok(f->s, owner_save(f->s, &last));
    ok(f->s, owner_delete(f->s, &last));
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_session_position(f->s, &position));
}

static void test_relations(void **state)
{
    struct fixture *f = *state;
    struct owner_list owners;
    struct kind_list kinds;
    struct trait_list traits;
    struct score_list scores;
    struct cell_list cells;
    struct dot_list dots;
    struct pet_list pets;
    struct owner *owner;
    struct kind *kind;
    struct trait *trait;
    struct cell *cell;

    add_data(f);
    ok(f->s, owner_all(by_key(owner_query(f->s), &owner_model), &owners));
    ok(f->s, owner_pets(f->s, owners.items[0], &pets));
    assert_int_equal(pets.count, 2);
    ok(f->s, pet_owner(f->s, pets.items[0], &owner));
    ok(f->s, pet_kind(f->s, pets.items[0], &kind));
    assert_non_null(kind);
    ok(f->s, kind_all(by_key(kind_query(f->s), &kind_model), &kinds));
    ok(f->s, kind_traits(f->s, kinds.items[0], &traits));
    assert_int_equal(traits.count, 1);
    ok(f->s, trait_scores(f->s, traits.items[0], &scores));
    assert_int_equal(scores.count, 1);
    ok(f->s, cell_all(by_key(cell_query(f->s), &cell_model), &cells));
    ok(f->s, cell_dots(f->s, cells.items[0], &dots));
    assert_int_equal(dots.count, 1);
    ar_session_clear(f->s);
    ok(f->s, score_all(by_key(score_query(f->s), &score_model), &scores));
    ok(f->s, score_trait(f->s, scores.items[0], &trait));
    assert_non_null(trait);
    ok(f->s, dot_all(by_key(dot_query(f->s), &dot_model), &dots));
    ok(f->s, dot_cell(f->s, dots.items[0], &cell));
    assert_non_null(cell);
    ok(f->s, pet_all(by_key(pet_query(f->s), &pet_model), &pets));
    ok(f->s, pet_load_owner(f->s, pets.items, pets.count));
    ok(f->s, owner_all(by_key(owner_query(f->s), &owner_model), &owners));
    struct pet_query *of_one = owner_pets_query(f->s, owners.items[0]);
    ok(f->s, pet_all(of_one, &pets));
    assert_int_equal(pets.count, 2);
}

/* Both plans, with conditions, an order, and a limit per parent. */
static void test_trees(void **state)
{
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    struct fixture *f = *state;
    struct owner_list owners;
    struct kind_list kinds;
    struct cell_list cells;
    const char *explained;

    add_data(f);
    for (size_t i = 0; i < 4; i++) {
        struct owner_query *query = owner_query(f->s);
        struct pet_query *pets = owner_with_pets(query);
        owner_where(query, ar_gt(owner_column.id, 0));
        owner_order_by(query, ar_desc(owner_column.name));
        pet_where(pets, ar_like(pet_column.name, "p%"));
        pet_order_by(pets, ar_asc(pet_column.name));
        if (i % 2 == 1)
            pet_limit(pets, 1);
        ar_query_plan(query, plans[i / 2]);
        ok(f->s, ar_explain(query, &explained));
        ok(f->s, owner_all(query, &owners));
        assert_int_equal(owners.count, 3);

        struct kind_query *tree = kind_query(f->s);
        struct trait_query *traits = kind_with_traits(tree);
        if (i % 2 == 1)
            trait_limit(traits, 1);
        (void)trait_with_scores(traits);
        ar_query_plan(tree, plans[i / 2]);
        ok(f->s, kind_all(tree, &kinds));

        struct cell_query *table = cell_query(f->s);
        struct dot_query *dots = cell_with_dots(table);
        cell_where(table, ar_ge(cell_column.y, 0));
        if (i % 2 == 1)
            dot_limit(dots, 1);
        ar_query_plan(table, plans[i / 2]);
        ok(f->s, cell_all(table, &cells));
        assert_int_equal(cells.count, 2);
        ar_session_clear(f->s);
    }
}

/* Use keys that are not compared bytewise: this needs catalog queries, and rows that contain the requested key. */
static void make_keys_padded(struct fixture *f)
{
    ok(f->other, ar_execute(f->other, "ALTER TABLE hostile_pets ALTER kind_name TYPE CHAR(8);"
                                      "ALTER TABLE hostile_traits ALTER kind_name TYPE CHAR(8);"
                                      "ALTER TABLE hostile_scores ALTER kind_name TYPE CHAR(8);"
                                      "ALTER TABLE hostile_kinds ALTER name TYPE CHAR(8)"));
}

static void test_padded_relations(void **state)
{
    make_keys_padded(*state);
    test_relations(state);
}

static void test_padded_trees(void **state)
{
    make_keys_padded(*state);
    test_trees(state);
}

static void test_conditions(void **state)
{
    static const int64_t ids[] = {1, 2};
    static const char *const names[] = {"a", "b"};
    static const double weights[] = {0, 1};
    static const uint8_t mark[16];
    struct fixture *f = *state;

    add_data(f);
    const struct ar_condition conditions[] = {
        ar_eq(owner_column.id, 1),
        ar_ne(owner_column.name, "x"),
        ar_lt(owner_column.weight, 1.0),
        ar_le(owner_column.age, 1),
        ar_gt(owner_column.born_at, (time_t)0),
        ar_ge(owner_column.code, ""),
        ar_eq(owner_column.is_good, false),
        ar_eq(owner_column.mark, mark),
        ar_in(owner_column.id, ids, 2),
        ar_not_in(owner_column.name, names, 2),
        ar_in(owner_column.weight, weights, 2),
        ar_like(owner_column.name, "%a%"),
        ar_contains(owner_column.name, "a"),
        ar_starts_with(owner_column.name, "a"),
        ar_ends_with(owner_column.code, ""),
        ar_between(owner_column.age, 0, 5),
        ar_between(owner_column.name, "a", "b"),
        ar_is_null(owner_column.born_at),
        ar_is_not_null(owner_column.name),
        ar_not(ar_eq(owner_column.id, 9)),
        ar_or(ar_eq(owner_column.id, 1), ar_eq(owner_column.id, 2)),
    };
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        struct owner_query *query = owner_query(f->s);
        int64_t count;
        owner_where(query, conditions[i]);
        if (owner_count(query, &count) != AR_OK)
            fail_msg("condition %zu: %s", i, ar_session_error(f->s)->message);
    }
}

static void test_aggregates_and_writes_to_many(void **state)
{
    struct fixture *f = *state;
    struct ar_value value;
    int64_t changed;
    bool exists;

    add_data(f);
    for (size_t i = 0; i < 2; i++) {
        struct owner_query *query = owner_query(f->s);
        owner_where(query, ar_ge(owner_column.age, 0));
        if (i == 1)
            owner_limit(query, 2);
        ok(f->s, owner_count(query, &changed));
        ok(f->s, owner_exists(query, &exists));
        ok(f->s, owner_sum(query, owner_column.age, &value));
        ok(f->s, owner_avg(query, owner_column.weight, &value));
        ok(f->s, owner_min(query, owner_column.born_at, &value));
        ok(f->s, owner_max(query, owner_column.name, &value));
        ok(f->s, owner_update_all(query, ar_set(owner_column.age, 4), &changed));
        struct trait_query *traits = trait_query(f->s);
        trait_where(traits, ar_eq(trait_column.number, 999));
        if (i == 1)
            trait_limit(traits, 1);
        ok(f->s, trait_delete_all(traits, &changed));
    }
}

static void test_many_inserts(void **state)
{
    enum { MANY = 2100 };
    static struct owner owners[MANY];
    static char names[MANY][8];
    struct fixture *f = *state;

    for (size_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i);
        owners[i] = (struct owner){.name = names[i], .born_at = 1};
    }
    ok(f->s, owner_insert_many(f->s, owners, 10)); /* with arrays */
    reset_statements(f);
    ok(f->s, owner_insert_many(f->s, owners + 10, MANY - 10)); /* with COPY */
    assert_non_null(strstr(f->last_sql, "COPY"));
    assert_true(owners[MANY - 1].id > 0);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_hostile, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_the_trap),         test(test_single_records),
        test(test_relations),        test(test_trees),
        test(test_padded_relations), test(test_padded_trees),
        test(test_conditions),       test(test_aggregates_and_writes_to_many),
        test(test_many_inserts),
    };

    return cmocka_run_group_tests_name("hostile", tests, open_administrator, close_administrator);
}
