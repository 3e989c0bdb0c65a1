/* Trees, S-230 to S-239: whole subtrees and paths to the root in one statement, limited depths, arrays of records,
 * cycles, composite keys, conditions and orders, and what costs nothing afterwards. */
#include "support.h"
#include "trees.ar.h"

#include <stdlib.h>
#include <string.h>

static int open_parts(void **state)
{
    return fixture_open(state, &part_model, &branch_model, &taxon_model, &clerk_model);
}

static int64_t add_part(struct fixture *f, int64_t parent_id, const char *name)
{
    struct part part = {.parent_id = parent_id, .name = name, .weight = 1};
    add_row(f, &part_model, &part);
    return part.id;
}

/* Parts 1 to 7: car{motor{piston, valve}, body{door{lock}}}. */
static void given_car(struct fixture *f)
{
    int64_t car = add_part(f, 0, "car");
    int64_t motor = add_part(f, car, "motor");
    int64_t body = add_part(f, car, "body");
    add_part(f, motor, "piston");
    add_part(f, motor, "valve");
    int64_t door = add_part(f, body, "door");
    add_part(f, door, "lock");
}

static struct part *the_part(struct fixture *f, int64_t id)
{
    struct part *part;
    ok(f->s, part_find(f->s, id, &part));
    reset_statements(f);
    return part;
}

/* Assert that these are the parts, in this order. */
static void assert_parts(const struct part_list *parts, const char *names)
{
    char text[256] = "";
    for (size_t i = 0; i < parts->count; i++) {
        strcat(text, i > 0 ? " " : "");
        strcat(text, parts->items[i]->name);
    }
    assert_text(text, names);
}

static void assert_children(struct fixture *f, const struct part *part, const char *names)
{
    struct part_list children;
    ok(f->s, part_children(f->s, part, &children));
    assert_parts(&children, names);
}

/* S-230: the whole tree takes one statement; children and parents of all nodes take none. */
static void test_s230_whole_tree(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    struct part *car = the_part(f, 1), *parent;
    struct part_list all;
    ok(f->s, part_children_tree(f->s, car, AR_WHOLE_DEPTH, &all));
    assert_parts(&all, "motor body piston valve door lock");
    assert_statements(f, 1);
    assert_children(f, car, "motor body");
    assert_children(f, all.items[0], "piston valve");
    assert_children(f, all.items[1], "door");
    assert_children(f, all.items[4], "lock");
    assert_children(f, all.items[5], "");
    for (size_t i = 0; i < all.count; i++) {
        ok(f->s, part_parent(f->s, all.items[i], &parent));
        assert_int_equal(parent->id, all.items[i]->parent_id);
    }
    assert_ptr_equal(the_part(f, 7), all.items[5]);
    int64_t count;
    ok(f->s, part_children_count(f->s, all.items[0], &count));
    assert_int_equal(count, 2);
    assert_statements(f, 0);
}

/* S-231: at a limited depth, the children of the last level are not marked as loaded. */
static void test_s231_depth(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    struct part *car = the_part(f, 1);
    struct part_list parts;
    ok(f->s, part_children_tree(f->s, car, 1, &parts));
    assert_parts(&parts, "motor body");
    assert_statements(f, 1);
    ok(f->s, part_children_tree(f->s, car, 2, &parts));
    assert_parts(&parts, "motor body piston valve door");
    assert_statements(f, 1);
    assert_children(f, parts.items[1], "door");
    assert_statements(f, 0);
    assert_children(f, parts.items[2], "");
    assert_children(f, parts.items[4], "lock");
    assert_statements(f, 1); /* for all siblings whose children are not known */
    ok(f->s, part_children_tree(f->s, car, 100, &parts));
    assert_int_equal(parts.count, 6);
    assert_children(f, parts.items[5], "");
    assert_statements(f, 1);
}

/* S-232: the path to the root, whole and limited. */
static void test_s232_path(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    struct part *lock = the_part(f, 7), *parent;
    struct part_list path;
    ok(f->s, part_parent_path(f->s, lock, AR_WHOLE_DEPTH, &path));
    assert_parts(&path, "door body car");
    assert_statements(f, 1);
    ok(f->s, part_parent(f->s, lock, &parent));
    assert_ptr_equal(parent, path.items[0]);
    ok(f->s, part_parent(f->s, path.items[0], &parent));
    assert_ptr_equal(parent, path.items[1]);
    ok(f->s, part_parent(f->s, path.items[2], &parent));
    assert_null(parent);
    assert_statements(f, 0);

    ar_session_clear(f->s);
    lock = the_part(f, 7);
    ok(f->s, part_parent_path(f->s, lock, 2, &path));
    assert_parts(&path, "door body");
    assert_statements(f, 1);
    ok(f->s, part_parent(f->s, path.items[1], &parent));
    assert_text(parent->name, "car");
    assert_statements(f, 1);
    ok(f->s, part_parent_path(f->s, lock, 5000, &path));
    assert_parts(&path, "door body car");
    assert_statements(f, 1);
    ok(f->s, part_parent_path(f->s, path.items[2], AR_WHOLE_DEPTH, &path));
    assert_int_equal(path.count, 0);
    assert_statements(f, 0); /* the root has a null foreign key */
}

/* S-232: a path that ends at a missing row: the missing parent is known. */
static void test_s232_orphan(void **state)
{
    struct fixture *f = *state;
    run_sql(f, fixture_is_sqlite() ? "PRAGMA foreign_keys = OFF"
                                   : "ALTER TABLE parts DROP CONSTRAINT parts_parent_id_fkey");
    run_sql(f, "INSERT INTO parts (id, parent_id, name, weight) VALUES (20, 99, 'orphan', 1), (21, 20, 'below', 1)");
    struct part *below = the_part(f, 21), *parent;
    struct part_list path;
    ok(f->s, part_parent_path(f->s, below, AR_WHOLE_DEPTH, &path));
    assert_parts(&path, "orphan");
    ok(f->s, part_parent(f->s, path.items[0], &parent));
    assert_null(parent);
    assert_statements(f, 1);
    /* A caller-owned struct with the key that is known to have no row. */
    struct part_list all;
    ok(f->s, part_children_tree(f->s, &(struct part){.id = 99}, AR_WHOLE_DEPTH, &all));
    assert_parts(&all, "orphan below");
}

/* S-233: an array of records, one of them below another, in one statement. */
static void test_s233_array(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    int64_t other = add_part(f, 0, "boat");
    add_part(f, other, "sail");
    struct part *starts[] = {the_part(f, 3), the_part(f, 1), the_part(f, other), the_part(f, 1)};
    ok(f->s, part_load_children_tree(f->s, starts, 4, AR_WHOLE_DEPTH));
    assert_statements(f, 1);
    assert_children(f, starts[1], "motor body");
    assert_children(f, starts[0], "door");
    assert_children(f, starts[2], "sail");
    struct part_list children;
    ok(f->s, part_children(f->s, starts[0], &children));
    assert_children(f, children.items[0], "lock");
    assert_statements(f, 0);

    /* A limit counts from each start. */
    ar_session_clear(f->s);
    struct part *two[] = {the_part(f, 1), the_part(f, 3)};
    ok(f->s, part_load_children_tree(f->s, two, 2, 1));
    assert_children(f, two[0], "motor body");
    assert_children(f, two[1], "door");
    assert_statements(f, 1);
    ok(f->s, part_children(f->s, two[1], &children));
    assert_children(f, children.items[0], "lock");
    assert_statements(f, 1);

    ar_session_clear(f->s);
    struct part *leaves[] = {the_part(f, 5), the_part(f, 7), the_part(f, 4)};
    struct part *parent;
    ok(f->s, part_load_parent_path(f->s, leaves, 3, AR_WHOLE_DEPTH));
    assert_statements(f, 1);
    for (size_t i = 0; i < 3; i++) {
        size_t steps = 0;
        for (parent = leaves[i]; parent != NULL; steps++)
            ok(f->s, part_parent(f->s, parent, &parent));
        assert_int_equal(steps, i == 1 ? 4 : 3);
    }
    assert_statements(f, 0);
    ok(f->s, part_load_children_tree(f->s, leaves, 0, AR_WHOLE_DEPTH));
    assert_statements(f, 0);

    /* A limit counts from each start, on the same path too. */
    ar_session_clear(f->s);
    struct part *ends[] = {the_part(f, 7), the_part(f, 6)};
    ok(f->s, part_load_parent_path(f->s, ends, 2, 2));
    assert_statements(f, 1);
    ok(f->s, part_parent(f->s, ends[0], &parent));
    assert_ptr_equal(parent, ends[1]);
    ok(f->s, part_parent(f->s, parent, &parent));
    assert_text(parent->name, "body");
    ok(f->s, part_parent(f->s, parent, &parent));
    assert_text(parent->name, "car");
    assert_statements(f, 0);
}

/* S-234: a cycle ends and is reported, down and up, at any depth; nothing is remembered. */
static void test_s234_cycles(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    run_sql(f, "UPDATE parts SET parent_id = 6 WHERE id = 1"); /* car -> door -> body -> car */
    struct part *car = the_part(f, 1), *valve = the_part(f, 5), *lock = the_part(f, 7);
    struct part_list parts;
    static const unsigned depths[] = {AR_WHOLE_DEPTH, 3, 50, 100000};
    for (size_t i = 0; i < 4; i++) {
        fails(f->s, AR_INVALID, part_children_tree(f->s, car, depths[i], &parts));
        assert_int_equal(parts.count, 0);
        assert_error_names(f->s, "part.children");
        assert_error_names(f->s, "1 → 6 → 3 → 1");
        assert_statements(f, 1);
    }
    assert_children(f, car, "motor body");
    assert_statements(f, 1);
    for (size_t i = 0; i < 4; i++) {
        if (i == 1)
            continue;
        fails(f->s, AR_INVALID, part_parent_path(f->s, valve, depths[i], &parts));
        assert_error_names(f->s, "part.parent: rows of table parts are their own ancestors");
        fails(f->s, AR_INVALID, part_parent_path(f->s, lock, depths[i], &parts));
    }
    assert_statements(f, 6);
    /* A row that is its own parent. */
    run_sql(f, "UPDATE parts SET parent_id = 2 WHERE id = 2");
    fails(f->s, AR_INVALID, part_children_tree(f->s, the_part(f, 2), AR_WHOLE_DEPTH, &parts));
    assert_error_names(f->s, "2 → 2");
    fails(f->s, AR_INVALID, part_parent_path(f->s, the_part(f, 2), 1, &parts));
    /* A tree beside the cycle is whole. */
    ok(f->s, part_children_tree(f->s, the_part(f, 4), AR_WHOLE_DEPTH, &parts));
    assert_int_equal(parts.count, 0);
}

/* S-234: of a long cycle, the message has the first keys. */
static void test_s234_long_cycle(void **state)
{
    struct fixture *f = *state;
    struct part_list parts;
    for (int64_t id = 1; id <= 9; id++)
        add_part(f, id - 1, "part");
    run_sql(f, "UPDATE parts SET parent_id = 8 WHERE id = 1");
    fails(f->s, AR_INVALID, part_parent_path(f->s, the_part(f, 8), AR_WHOLE_DEPTH, &parts));
    assert_error_names(f->s, "8 → 7 → 6 → 5 → 4 → 3 → 2 → 1 → 8");
    run_sql(f, "UPDATE parts SET parent_id = 9 WHERE id = 1");
    fails(f->s, AR_INVALID, part_parent_path(f->s, the_part(f, 9), AR_WHOLE_DEPTH, &parts));
    assert_error_names(f->s, "9 → 8 → 7 → 6 → 5 → 4 → 3 → 2 → …");
    assert_int_equal(parts.count, 0);
}

/* S-235: composite keys, and keys of strings. */
static void test_s235_keys(void **state)
{
    struct fixture *f = *state;
    static const int32_t heads[][4] = {{1, 1, 0, 0}, {1, 2, 1, 1}, {2, 1, 1, 1}, {2, 2, 1, 2}, {1, 3, 2, 2}};
    for (size_t i = 0; i < 5; i++)
        add_row(f, &branch_model,
                &(struct branch){
                    .bank = heads[i][0], .number = heads[i][1], .head_bank = heads[i][2], .head_number = heads[i][3]});
    struct branch *top, *bottom, *head;
    struct branch_list offices;
    ok(f->s, branch_find(f->s, 1, 1, &top));
    ok(f->s, branch_find(f->s, 1, 3, &bottom));
    reset_statements(f);
    ok(f->s, branch_offices_tree(f->s, top, AR_WHOLE_DEPTH, &offices));
    assert_int_equal(offices.count, 4);
    assert_statements(f, 1);
    assert_int_equal(offices.items[1]->bank, 2);
    assert_ptr_equal(offices.items[3], bottom);
    ok(f->s, branch_offices(f->s, top, &offices));
    assert_int_equal(offices.count, 2);
    ok(f->s, branch_head(f->s, bottom, &head));
    assert_int_equal(head->number, 2);
    assert_statements(f, 0);
    ok(f->s, branch_offices_tree(f->s, top, 2, &offices));
    assert_int_equal(offices.count, 3);
    ok(f->s, branch_head_path(f->s, bottom, AR_WHOLE_DEPTH, &offices));
    assert_int_equal(offices.count, 3);
    assert_ptr_equal(offices.items[2], top);
    struct branch *both[] = {top, bottom};
    ok(f->s, branch_load_head_path(f->s, both, 2, 3));
    assert_statements(f, 3);

    add_row(f, &taxon_model, &(struct taxon){.name = "animal"});
    add_row(f, &taxon_model, &(struct taxon){.name = "cat", .parent_name = "animal"});
    add_row(f, &taxon_model, &(struct taxon){.name = "lion", .parent_name = "cat"});
    struct taxon *animal;
    struct taxon_list taxa;
    ok(f->s, taxon_find(f->s, "animal", &animal));
    reset_statements(f);
    ok(f->s, taxon_children_tree(f->s, animal, AR_WHOLE_DEPTH, &taxa));
    assert_int_equal(taxa.count, 2);
    assert_text(taxa.items[1]->name, "lion");
    ok(f->s, taxon_parent_path(f->s, taxa.items[1], AR_WHOLE_DEPTH, &taxa));
    assert_text(taxa.items[1]->name, "animal");
    assert_statements(f, 2);
}

/* S-235: children are sorted by their keys, also if the rows of the table are not. */
static void test_s235_sorted(void **state)
{
    struct fixture *f = *state;
    static const char *const names[][2] = {{"root", NULL}, {"b", "root"}, {"c", "root"}, {"a", "root"},
                                           {"d", "root"},  {"z", "b"},    {"y", "b"},    {"m", "a"}};
    struct taxon *root;
    struct taxon_list taxa;
    char all[64] = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_row(f, &taxon_model, &(struct taxon){.name = names[i][0], .parent_name = names[i][1]});
    ok(f->s, taxon_find(f->s, "root", &root));
    ok(f->s, taxon_children_tree(f->s, root, AR_WHOLE_DEPTH, &taxa));
    for (size_t i = 0; i < taxa.count; i++)
        strcat(all, taxa.items[i]->name);
    assert_text(all, "abcdmyz");
    reset_statements(f);
    ok(f->s, taxon_children(f->s, taxa.items[1], &taxa));
    assert_int_equal(taxa.count, 2);
    assert_text(taxa.items[0]->name, "y");
    assert_statements(f, 0);
}

/* S-235: keys that may be equal without having the same bytes are followed by the database only. */
static void test_s235_rules(void **state)
{
    struct fixture *f = *state;
    struct taxon taxon = {.name = "cat"}, *cat;
    struct taxon_list taxa;
    if (fixture_is_sqlite())
        run_sql(
            f,
            "DROP TABLE taxa; CREATE TABLE taxa (name TEXT COLLATE NOCASE PRIMARY KEY, parent_name TEXT COLLATE NOCASE)");
    else
        run_sql(f, "ALTER TABLE taxa ALTER name TYPE char(10), ALTER parent_name TYPE char(10)");
    add_row(f, &taxon_model, &taxon);
    ok(f->s, taxon_find(f->s, "cat", &cat));
    fails(f->s, AR_MISUSE, taxon_children_tree(f->s, cat, AR_WHOLE_DEPTH, &taxa));
    assert_error_names(f->s, "taxon.children cannot be followed: its keys are strings that may be equal without");
    fails(f->s, AR_MISUSE, taxon_parent_path(f->s, cat, AR_WHOLE_DEPTH, &taxa));
    assert_error_names(f->s, "taxon.parent cannot be followed");
    assert_int_equal(taxa.count, 0);
}

/* S-235: foreign keys that refer to a unique column. */
static void test_s235_references(void **state)
{
    struct fixture *f = *state;
    add_row(f, &clerk_model, &(struct clerk){.code = "top"});
    add_row(f, &clerk_model, &(struct clerk){.code = "mid", .boss_code = "top"});
    add_row(f, &clerk_model, &(struct clerk){.code = "low", .boss_code = "mid"});
    struct clerk *top, *boss;
    struct clerk_list all, reports;
    ok(f->s, clerk_find(f->s, 1, &top));
    reset_statements(f);
    ok(f->s, clerk_reports_tree(f->s, top, AR_WHOLE_DEPTH, &all));
    assert_int_equal(all.count, 2);
    ok(f->s, clerk_reports(f->s, all.items[0], &reports));
    assert_int_equal(reports.count, 1);
    assert_text(reports.items[0]->code, "low");
    ok(f->s, clerk_boss(f->s, all.items[1], &boss));
    assert_ptr_equal(boss, all.items[0]);
    ok(f->s, clerk_boss(f->s, boss, &boss));
    assert_ptr_equal(boss, top);
    ok(f->s, clerk_reports(f->s, all.items[1], &reports));
    assert_int_equal(reports.count, 0);
    assert_statements(f, 1);
    ar_session_clear(f->s);
    struct clerk *low;
    ok(f->s, clerk_find(f->s, 3, &low));
    reset_statements(f);
    ok(f->s, clerk_boss_path(f->s, low, AR_WHOLE_DEPTH, &all));
    assert_int_equal(all.count, 2);
    ok(f->s, clerk_boss(f->s, low, &boss));
    ok(f->s, clerk_boss(f->s, boss, &boss));
    assert_text(boss->code, "top");
    ok(f->s, clerk_boss(f->s, boss, &boss));
    assert_null(boss);
    assert_statements(f, 1);
}

/* S-236: the condition and the order of the relation apply at every level. */
static void test_s236_scope(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    run_sql(f, "UPDATE parts SET weight = id * 10 WHERE id <> 2");
    struct part_list parts;
    struct part *car = the_part(f, 1);
    add_part(f, 1, "radio");
    run_sql(f, "UPDATE parts SET weight = 90 WHERE name = 'radio'");
    ok(f->s, part_heavy_tree(f->s, car, AR_WHOLE_DEPTH, &parts));
    assert_parts(&parts, "radio body door lock"); /* not what is below the motor */
    assert_statements(f, 1);
    ok(f->s, part_heavy(f->s, car, &parts));
    assert_parts(&parts, "radio body");
    assert_statements(f, 0);
    assert_children(f, car, "motor body radio");
    assert_statements(f, 1);
}

/* S-237: a relation with a cache policy is served within the tree; parents as well. */
static void test_s237_policies(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    struct part *car = the_part(f, 1), *parent;
    struct part_list all, children;
    ok(f->s, part_brief_children_tree(f->s, car, AR_WHOLE_DEPTH, &all));
    advance_clock(f, 5000);
    ok(f->s, part_brief_children(f->s, all.items[0], &children));
    assert_parts(&children, "piston valve");
    ok(f->s, part_brief_parent(f->s, all.items[5], &parent));
    assert_text(parent->name, "door");
    assert_statements(f, 1);
    ar_session_clear(f->s);
    struct part *lock = the_part(f, 7);
    ok(f->s, part_brief_parent_path(f->s, lock, AR_WHOLE_DEPTH, &all));
    ok(f->s, part_brief_parent(f->s, lock, &parent));
    assert_text(parent->name, "door");
    ok(f->s, part_brief_parent(f->s, parent, &parent));
    assert_text(parent->name, "body");
    assert_statements(f, 1);
}

/* S-238: writes and rollbacks drop lists of the tree as any other. */
static void test_s238_writes(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    struct part *car = the_part(f, 1);
    struct part_list all;
    ok(f->s, part_children_tree(f->s, car, AR_WHOLE_DEPTH, &all));
    struct part *motor = all.items[0], *piston = all.items[2];
    reset_statements(f);
    piston->parent_id = car->id;
    ok(f->s, part_save(f->s, piston));
    assert_children(f, car, "motor body piston");
    assert_children(f, motor, "valve");
    assert_statements(f, 3);
    assert_children(f, all.items[1], "door");
    assert_statements(f, 0);
    ok(f->s, ar_begin(f->s));
    ok(f->s, part_insert(f->s, &(struct part){.parent_id = 2, .name = "belt"}));
    ok(f->s, part_children_tree(f->s, car, AR_WHOLE_DEPTH, &all));
    assert_int_equal(all.count, 7);
    ok(f->s, ar_rollback(f->s));
    assert_children(f, motor, "valve");
    /* A foreign key that is changed in memory only: the tree is that of the database. */
    piston->parent_id = 7;
    ok(f->s, part_children_tree(f->s, car, AR_WHOLE_DEPTH, &all));
    assert_children(f, car, "motor body piston");
    assert_int_equal(piston->parent_id, 7);
}

/* S-238: counts that were loaded before follow the lists of the tree. */
static void test_s238_counts(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    struct part *car = the_part(f, 1);
    struct part_list parts;
    int64_t count;
    ok(f->s, part_children_count(f->s, car, &count));
    assert_int_equal(count, 2);
    add_part(f, 1, "wheel");
    ok(f->s, part_children_tree(f->s, car, AR_WHOLE_DEPTH, &parts));
    assert_int_equal(parts.count, 7);
    ok(f->s, part_children_count(f->s, car, &count));
    assert_int_equal(count, 3);
    assert_statements(f, 2);
}

/* S-239: a path needs the foreign key of the record, a tree does not. */
static void test_s239_part_of_a_record(void **state)
{
    struct fixture *f = *state;
    struct part_query *q = part_query(f->s);
    struct part_list some, parts;
    struct part *parent;
    given_car(f);
    part_only(q, part_column.name);
    part_where(q, ar_in(part_column.id, ((const int64_t[]){2, 4}), 2));
    part_order_by(q, ar_asc(part_column.id));
    ok(f->s, part_all(q, &some));
    assert_int_equal(some.count, 2);
    reset_statements(f);
    fails(f->s, AR_MISUSE, part_parent_path(f->s, some.items[0], AR_WHOLE_DEPTH, &parts));
    assert_error_names(f->s, "part.parent_id, which was not loaded");
    assert_statements(f, 0);
    ok(f->s, part_children_tree(f->s, some.items[0], AR_WHOLE_DEPTH, &parts));
    assert_parts(&parts, "piston valve");
    ok(f->s, part_parent(f->s, parts.items[0], &parent));
    assert_ptr_equal(parent, some.items[0]);
    assert_statements(f, 1);
}

/* S-239: a record that is its own parent is read again with another one: its relation follows the new value. */
static void test_s239_own_parent(void **state)
{
    struct fixture *f = *state;
    struct part *parent;
    given_car(f);
    run_sql(f, "UPDATE parts SET parent_id = 1 WHERE id = 1");
    struct part *car = the_part(f, 1);
    run_sql(f, "UPDATE parts SET parent_id = 2 WHERE id = 1");
    ok(f->s, ar_execute(f->s, "SELECT 1")); /* records are read again when they are next needed */
    reset_statements(f);
    ok(f->s, part_parent(f->s, car, &parent));
    assert_text(parent->name, "motor");
    assert_int_equal(car->parent_id, 2);
    run_sql(f, "UPDATE parts SET parent_id = 1 WHERE id = 1");
    ok(f->s, part_reload(f->s, car));
    run_sql(f, "UPDATE parts SET parent_id = NULL WHERE id = 1");
    ok(f->s, ar_execute(f->s, "SELECT 1"));
    ok(f->s, part_parent(f->s, car, &parent));
    assert_null(parent);
    assert_int_equal(car->parent_id, 0);
    run_sql(f, "UPDATE parts SET parent_id = 1 WHERE id = 1");
    ok(f->s, part_reload(f->s, car));
    run_sql(f, "UPDATE parts SET parent_id = NULL WHERE id = 1");
    ok(f->s, ar_execute(f->s, "SELECT 1"));
    ok(f->s, part_brief_parent(f->s, car, &parent));
    assert_null(parent);
}

/* S-239: wrong calls; unsaved records. */
static void test_s239_edges(void **state)
{
    struct fixture *f = *state;
    given_car(f);
    struct part *car = the_part(f, 1);
    const void *records[] = {car};
    struct part_list parts;
    struct ar_list list;
    fails(f->s, AR_MISUSE, ar_relation_follow(f->s, &part_sole_relation, records, 1, AR_WHOLE_DEPTH, &list));
    assert_error_names(f->s, "part.sole cannot be followed");
    ok(f->s, part_children_tree(f->s, &(struct part){.name = "unsaved"}, AR_WHOLE_DEPTH, &parts));
    assert_int_equal(parts.count, 0);
    ok(f->s, part_parent_path(f->s, &(struct part){.parent_id = 2}, AR_WHOLE_DEPTH, &parts));
    assert_int_equal(parts.count, 0);
    assert_statements(f, 0);
    /* A caller-owned struct with the key of a row. */
    ok(f->s, part_children_tree(f->s, &(struct part){.id = 2}, AR_WHOLE_DEPTH, &parts));
    assert_parts(&parts, "piston valve");
    assert_children(f, &(struct part){.id = 2}, "piston valve");
    assert_statements(f, 1);
    /* A struct with a key of which the session knows that it has no row. */
    struct part *none;
    fails(f->s, AR_NOT_FOUND, part_find(f->s, 99, &none));
    ok(f->s, part_children_tree(f->s, &(struct part){.id = 99}, AR_WHOLE_DEPTH, &parts));
    assert_int_equal(parts.count, 0);
    /* A row that its struct cannot hold. */
    run_sql(f, fixture_is_sqlite() ? "UPDATE parts SET weight = 5000000000 WHERE id = 6"
                                   : "ALTER TABLE parts ALTER weight TYPE bigint;"
                                     "UPDATE parts SET weight = 5000000000 WHERE id = 6");
    fails(f->s, AR_INVALID, part_children_tree(f->s, the_part(f, 3), AR_WHOLE_DEPTH, &parts));
    assert_error_names(f->s, "in the row whose key is 6");
    assert_int_equal(parts.count, 0);
}

/* S-239: on random forests, the tree has the same children as lazy loads, and paths the same parents. */
static void test_s239_random(void **state)
{
    struct fixture *f = *state;
    enum { PARTS = 150 };
    uint32_t random = 5;
    for (int64_t id = 1; id <= PARTS; id++) {
        random = random * 1103515245 + 12345;
        add_part(f, (int64_t)(random >> 16) % id, "part"); /* 0: a root */
    }
    struct part_list roots, children;
    int64_t parents[PARTS + 1] = {0}, firsts[PARTS + 1] = {0};
    size_t counts[PARTS + 1] = {0};
    struct part_query *q = part_query(f->s);
    ok(f->s, part_all(q, &roots));
    for (size_t i = 0; i < roots.count; i++) {
        struct part *part = roots.items[i];
        ok(f->s, part_children(f->s, part, &children));
        counts[part->id] = children.count;
        firsts[part->id] = children.count > 0 ? children.items[0]->id : 0;
        parents[part->id] = part->parent_id;
    }
    ar_session_clear(f->s);
    q = part_query(f->s);
    part_where(q, ar_is_null(part_column.parent_id));
    ok(f->s, part_all(q, &roots));
    ok(f->s, part_load_children_tree(f->s, roots.items, roots.count, AR_WHOLE_DEPTH));
    reset_statements(f);
    for (int64_t id = 1; id <= PARTS; id++) {
        struct part *part = the_part(f, id), *parent;
        ok(f->s, part_children(f->s, part, &children));
        assert_int_equal(children.count, counts[id]);
        assert_int_equal(children.count > 0 ? children.items[0]->id : 0, firsts[id]);
        ok(f->s, part_parent(f->s, part, &parent));
        assert_int_equal(parent != NULL ? parent->id : 0, parents[id]);
        assert_statements(f, 0);
    }
    for (int64_t id = 1; id <= PARTS; id += 7) {
        ar_session_clear(f->s);
        ok(f->s, part_parent_path(f->s, the_part(f, id), AR_WHOLE_DEPTH, &children));
        int64_t above = parents[id];
        for (size_t i = 0; i < children.count; i++, above = parents[above])
            assert_int_equal(children.items[i]->id, above);
        assert_int_equal(above, 0);
    }
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_parts, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s230_whole_tree),
        story(test_s231_depth),
        story(test_s232_path),
        story(test_s232_orphan),
        story(test_s233_array),
        story(test_s234_cycles),
        story(test_s235_keys),
        story(test_s235_references),
        story(test_s236_scope),
        story(test_s237_policies),
        story(test_s238_writes),
        story(test_s239_own_parent),
        story(test_s239_edges),
        story(test_s239_random),
        story(test_s234_long_cycle),
        story(test_s235_sorted),
        story(test_s235_rules),
        story(test_s238_counts),
        story(test_s239_part_of_a_record),
    };
    return cmocka_run_group_tests_name("trees", tests, NULL, NULL);
}
