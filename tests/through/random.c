/* S-176: on random rows, every way to load a relation returns the same lists as a search through the rows themselves:
 * one by one, for all siblings, eagerly level by level and in one trip, explicitly, in parts of max_size. The argument
 * of the program is the seed. */
#include "support.h"

#include "skills.ar.h"
#include "teams.ar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 6, PEOPLE = 9, TEAMS = 6, CITIES = 4, COUNTRIES = 3, MEMBERSHIPS = 60, SKILLS = 7, DOCUMENTS = 8 };

static uint64_t seed = 20;

/* xorshift64* by Vigna. Return a number below the bound. */
static int64_t random_below(int64_t bound)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int64_t)(seed * UINT64_C(2685821657736338717) >> 33) % bound;
}

/* Rows, whose keys are their indexes plus 1. A 0 is NULL. */
static struct {
    int64_t country_of_city[CITIES], city_of_team[TEAMS];
    struct {
        int64_t person, team;
    } memberships[MEMBERSHIPS];
    bool has_skill[PEOPLE][SKILLS], is_friend[PEOPLE][PEOPLE], has_term[DOCUMENTS][SKILLS];
} rows;

/* A list of keys as text, with which lists of records are compared. */
struct keys {
    char text[1024];
};

static void add(struct keys *keys, int64_t key)
{
    size_t used = strlen(keys->text);
    snprintf(keys->text + used, sizeof keys->text - used, "%" PRId64 " ", key);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static int open_all(void **state)
{
    return fixture_open(state, &country_model, &city_model, &team_model, &person_model, &membership_model,
                        &profile_model, &worker_model, &skill_model, &document_model, &term_model);
}

__attribute__((format(printf, 2, 3))) static void run(struct fixture *f, const char *format, ...)
{
    char sql[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    run_sql(f, sql);
}

/* Return the SQL of a foreign key. */
static const char *or_null(int64_t key)
{
    static char text[2][24];
    static int next;
    next = 1 - next;
    snprintf(text[next], sizeof text[next], "%" PRId64, key);
    return key != 0 ? text[next] : "NULL";
}

static void add_teams(struct fixture *f)
{
    for (int64_t i = 0; i < COUNTRIES; i++)
        run(f, "INSERT INTO countries (name) VALUES ('country')");
    for (int64_t i = 0; i < CITIES; i++) {
        rows.country_of_city[i] = random_below(COUNTRIES + 1);
        run(f, "INSERT INTO cities (country_id, name) VALUES (%s, 'city')", or_null(rows.country_of_city[i]));
    }
    for (int64_t i = 0; i < TEAMS; i++) {
        rows.city_of_team[i] = random_below(CITIES + 1);
        run(f, "INSERT INTO teams (city_id, name) VALUES (%s, 'team')", or_null(rows.city_of_team[i]));
    }
    for (int64_t i = 0; i < PEOPLE; i++)
        run(f, "INSERT INTO people (name) VALUES ('person')");
    for (int64_t i = 0; i < MEMBERSHIPS; i++) {
        rows.memberships[i].person = 1 + random_below(PEOPLE);
        rows.memberships[i].team = random_below(TEAMS + 1);
        run(f, "INSERT INTO memberships (person_id, team_id) VALUES (%" PRId64 ", %s)", rows.memberships[i].person,
            or_null(rows.memberships[i].team));
    }
}

static void add_skills(struct fixture *f)
{
    for (int64_t i = 0; i < PEOPLE; i++)
        run(f, "INSERT INTO workers (name) VALUES ('worker')");
    for (int64_t i = 0; i < SKILLS; i++) {
        run(f, "INSERT INTO skills (name) VALUES ('skill')");
        run(f, "INSERT INTO terms (code) VALUES ('%" PRId64 "')", i + 1);
    }
    for (int64_t i = 0; i < DOCUMENTS; i++)
        run(f, "INSERT INTO documents (tenant, number) VALUES (%" PRId64 ", %" PRId64 ")", 1 + i % 2, i + 1);
    for (int64_t i = 0; i < PEOPLE; i++)
        for (int64_t j = 0; j < SKILLS; j++) {
            rows.has_skill[i][j] = random_below(3) == 0;
            if (rows.has_skill[i][j])
                run(f, "INSERT INTO worker_skills VALUES (%" PRId64 ", %" PRId64 ")", i + 1, j + 1);
        }
    for (int64_t i = 0; i < PEOPLE; i++)
        for (int64_t j = 0; j < PEOPLE; j++) {
            rows.is_friend[i][j] = random_below(4) == 0;
            if (rows.is_friend[i][j])
                run(f, "INSERT INTO friendships VALUES (%" PRId64 ", %" PRId64 ")", i + 1, j + 1);
        }
    for (int64_t i = 0; i < DOCUMENTS; i++)
        for (int64_t j = 0; j < SKILLS; j++) {
            rows.has_term[i][j] = random_below(3) == 0;
            if (rows.has_term[i][j])
                run(f, "INSERT INTO document_terms VALUES (%" PRId64 ", %" PRId64 ", '%" PRId64 "')", 1 + i % 2, i + 1,
                    j + 1);
        }
}

/* ---- Relations: what they contain, and how they are read --------------------------------------------------------- */

/* The lists of one owner, by a search through the rows: the targets in the order of their keys. */
typedef void expect(int64_t owner, struct keys *out);

static void expect_teams(int64_t person, struct keys *out)
{
    for (int64_t team = 1; team <= TEAMS; team++)
        for (int64_t i = 0; i < MEMBERSHIPS; i++)
            if (rows.memberships[i].person == person && rows.memberships[i].team == team) {
                add(out, team);
                add(out, i + 1); /* the link */
            }
}

static bool is_in_city(int64_t person, int64_t city)
{
    for (int64_t i = 0; i < MEMBERSHIPS; i++)
        if (rows.memberships[i].person == person && rows.memberships[i].team != 0 &&
            rows.city_of_team[rows.memberships[i].team - 1] == city)
            return true;
    return false;
}

static void expect_cities(int64_t person, struct keys *out)
{
    for (int64_t city = 1; city <= CITIES; city++)
        if (is_in_city(person, city))
            add(out, city);
}

static void expect_first_team(int64_t person, struct keys *out)
{
    for (int64_t team = 1; team <= TEAMS; team++)
        for (int64_t i = 0; i < MEMBERSHIPS; i++)
            if (rows.memberships[i].person == person && rows.memberships[i].team == team) {
                add(out, team);
                return;
            }
}

static void expect_people(int64_t city, struct keys *out)
{
    for (int64_t person = 1; person <= PEOPLE; person++)
        for (int64_t team = 1; team <= TEAMS; team++)
            for (int64_t i = 0; i < MEMBERSHIPS; i++)
                if (rows.memberships[i].person == person && rows.memberships[i].team == team &&
                    rows.city_of_team[team - 1] == city)
                    add(out, person);
}

static void expect_country(int64_t team, struct keys *out)
{
    int64_t city = rows.city_of_team[team - 1];
    if (city != 0 && rows.country_of_city[city - 1] != 0)
        add(out, rows.country_of_city[city - 1]);
}

static void expect_teammates(int64_t membership, struct keys *out)
{
    int64_t team = rows.memberships[membership - 1].team;
    for (int64_t person = 1; team != 0 && person <= PEOPLE; person++)
        for (int64_t i = 0; i < MEMBERSHIPS; i++)
            if (rows.memberships[i].person == person && rows.memberships[i].team == team)
                add(out, person);
}

static void expect_skills(int64_t worker, struct keys *out)
{
    for (int64_t i = 0; i < SKILLS; i++)
        if (rows.has_skill[worker - 1][i])
            add(out, i + 1);
}

static void expect_workers(int64_t skill, struct keys *out)
{
    for (int64_t i = 0; i < PEOPLE; i++)
        if (rows.has_skill[i][skill - 1])
            add(out, i + 1);
}

static void expect_friends(int64_t worker, struct keys *out)
{
    for (int64_t i = 0; i < PEOPLE; i++)
        if (rows.is_friend[worker - 1][i])
            add(out, i + 1);
}

static void expect_friends_skills(int64_t worker, struct keys *out)
{
    for (int64_t skill = 0; skill < SKILLS; skill++)
        for (int64_t friend = 0; friend < PEOPLE; friend ++)
            if (rows.is_friend[worker - 1][friend] && rows.has_skill[friend][skill])
                add(out, skill + 1);
}

static void expect_terms(int64_t document, struct keys *out)
{
    for (int64_t i = 0; i < SKILLS; i++)
        if (rows.has_term[document - 1][i])
            add(out, i + 1);
}

/* Documents with a term in common, by tenant and number. */
static void expect_related(int64_t document, struct keys *out)
{
    for (int64_t tenant = 1; tenant <= 2; tenant++)
        for (int64_t i = 0; i < DOCUMENTS; i++) {
            bool is_related = false;
            for (int64_t term = 0; term < SKILLS; term++)
                is_related = is_related || (rows.has_term[document - 1][term] && rows.has_term[i][term]);
            if (is_related && 1 + i % 2 == tenant)
                add(out, i + 1);
        }
}

/* A relation: the number of its owners, what it contains, and which column of owner and target is the key. */
struct relation_under_test {
    const struct ar_relation *relation;
    int64_t owner_count;
    expect *expect;
};

static const struct relation_under_test relations[] = {
    {&person_teams_relation, PEOPLE, expect_teams},
    {&person_cities_relation, PEOPLE, expect_cities},
    {&person_first_team_relation, PEOPLE, expect_first_team},
    {&city_people_relation, CITIES, expect_people},
    {&team_country_relation, TEAMS, expect_country},
    {&membership_teammates_relation, MEMBERSHIPS, expect_teammates},
    {&worker_skills_relation, PEOPLE, expect_skills},
    {&skill_workers_relation, SKILLS, expect_workers},
    {&worker_friends_relation, PEOPLE, expect_friends},
    {&worker_friends_skills_relation, PEOPLE, expect_friends_skills},
    {&document_terms_relation, DOCUMENTS, expect_terms},
    {&document_related_relation, DOCUMENTS, expect_related},
};

/* Return the number that identifies a record: its last integer key, or the number that its string key contains. */
static int64_t number_of(const struct ar_model *model, const void *record)
{
    const struct ar_column *key = &model->columns[model->key[model->key_count - 1]];
    int64_t number;
    const char *text;
    if (key->type == AR_TYPE_TEXT) {
        memcpy(&text, (const char *)record + key->offset, sizeof text);
        return strtoll(text, NULL, 10);
    }
    memcpy(&number, (const char *)record + key->offset, sizeof number);
    return number;
}

static void read_list(struct ar_session *s, const struct ar_relation *relation, const void *owner, struct keys *out)
{
    struct ar_list targets, links = {NULL, 0};
    ok(s, ar_relation_list(s, relation, owner, &targets));
    if (relation == &person_teams_relation) {
        ok(s, ar_relation_links(s, relation, owner, &links));
        assert_int_equal(links.count, targets.count);
    }
    for (size_t i = 0; i < targets.count; i++) {
        add(out, number_of(relation->target, targets.items[i]));
        if (links.count > 0)
            add(out, number_of(&membership_model, links.items[i]));
    }
}

static void assert_relation(struct ar_session *s, const struct relation_under_test *test, void *const *owners,
                            const char *way)
{
    for (int64_t i = 0; i < test->owner_count; i++) {
        struct keys expected = {""}, actual = {""};
        void *one;
        int64_t number = number_of(test->relation->owner, owners[i]);
        test->expect(number, &expected);
        if (test->relation->kind == AR_RELATION_HAS_ONE_THROUGH) {
            ok(s, ar_relation_one(s, test->relation, owners[i], &one));
            if (one != NULL)
                add(&actual, number_of(test->relation->target, one));
        } else {
            read_list(s, test->relation, owners[i], &actual);
        }
        if (strcmp(actual.text, expected.text) != 0)
            fail_msg("%s.%s of %" PRId64 ", %s: %s instead of %s", test->relation->owner->name, test->relation->name,
                     number, way, actual.text, expected.text);
    }
}

/* ---- The ways to load -------------------------------------------------------------------------------------------- */

static void read_owners(struct fixture *f, const struct relation_under_test *test, enum ar_plan plan, bool is_eager,
                        struct ar_list *out)
{
    struct ar_query *query = ar_query_open(f->s, test->relation->owner);
    if (is_eager)
        (void)ar_query_with_relation(query, test->relation);
    ar_query_plan(query, plan);
    ok(f->s, ar_query_all(query, out));
    assert_int_equal(out->count, test->owner_count);
    reset_statements(f);
}

static void test_relation(struct fixture *f, const struct relation_under_test *test)
{
    struct ar_list owners;
    read_owners(f, test, AR_PLAN_AUTO, false, &owners);
    assert_relation(f->s, test, owners.items, "for all siblings");
    assert_statements(f, 1);
    ok(f->s, ar_relation_load(f->s, test->relation, (const void *const *)owners.items, owners.count));
    assert_relation(f->s, test, owners.items, "explicitly");
    assert_statements(f, 1);
    ar_session_clear(f->s);

    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    for (size_t i = 0; i < 2; i++) {
        read_owners(f, test, plans[i], true, &owners);
        assert_relation(f->s, test, owners.items, i == 0 ? "level by level" : "in one trip");
        assert_statements(f, 0);
        ar_session_clear(f->s);
    }
    reopen_session(f, (struct ar_session_options){.load_one = true});
    read_owners(f, test, AR_PLAN_AUTO, false, &owners);
    assert_relation(f->s, test, owners.items, "one by one");
    reopen_session(f, (struct ar_session_options){.cache_max_size = 3});
    read_owners(f, test, AR_PLAN_AUTO, false, &owners);
    assert_relation(f->s, test, owners.items, "in parts");
    reopen_session(f, (struct ar_session_options){0});
}

static void test_s176_random_rows(void **state)
{
    struct fixture *f = *state;
    for (int round = 0; round < ROUNDS; round++) {
        if (round > 0) {
            fixture_close(state);
            assert_int_equal(open_all(state), 0);
            f = *state;
        }
        add_teams(f);
        add_skills(f);
        for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
            test_relation(f, &relations[i]);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_s176_random_rows, open_all, fixture_close)};
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10) | 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
