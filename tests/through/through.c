/* Relations through others, S-160 to S-167: their contents, their links and their statements. */
#include "support.h"

#include "teams.ar.h"

#include <string.h>

static int open_teams(void **state)
{
    return fixture_open(state, &country_model, &city_model, &team_model, &person_model, &membership_model,
                        &profile_model, &visit_model);
}

/* Ann is in Reds (twice) and Greens, Bob in Reds and Blues, Cid in a team that is not known yet. Reds and Greens are in
 * Oslo, Blues in Lima, Drifters nowhere. Keys are in the order of the lines. */
static void given_teams(struct fixture *f)
{
    run_sql(f, "INSERT INTO countries (name) VALUES ('Norway'), ('Peru')");
    run_sql(f, "INSERT INTO cities (country_id, name) VALUES (1, 'Oslo'), (2, 'Lima'), (NULL, 'Atlantis')");
    run_sql(f, "INSERT INTO teams (city_id, name) VALUES (1, 'Reds'), (2, 'Blues'), (1, 'Greens'), (NULL, 'Drifters')");
    run_sql(f, "INSERT INTO people (name) VALUES ('Ann'), ('Bob'), ('Cid'), ('Dot')");
    run_sql(f, "INSERT INTO memberships (person_id, team_id, role) VALUES (1, 3, 'coach'), (1, 1, 'player'),"
               " (2, 1, 'goalkeeper'), (2, 2, 'doctor'), (1, 1, 'captain'), (3, NULL, 'applicant')");
    run_sql(f, "INSERT INTO profiles (person_id, text) VALUES (2, 'of Bob'), (1, 'of Ann'), (1, 'also of Ann')");
}

static struct person_list all_people(struct fixture *f)
{
    struct person_list people;
    struct person_query *query = person_query(f->s);
    person_order_by(query, ar_asc(person_column.id));
    ok(f->s, person_all(query, &people));
    reset_statements(f);
    return people;
}

static struct team_list all_teams(struct fixture *f)
{
    struct team_list teams;
    struct team_query *query = team_query(f->s);
    team_order_by(query, ar_asc(team_column.id));
    ok(f->s, team_all(query, &teams));
    reset_statements(f);
    return teams;
}

/* Append " name" of each record, for assertions. `list` is any generated list whose records have a name. */
#define names_of(list, out)                                                                                            \
    do {                                                                                                               \
        (out)[0] = '\0';                                                                                               \
        for (size_t at = 0; at < (list).count; at++) {                                                                 \
            strcat((out), at > 0 ? " " : "");                                                                          \
            strcat((out), (list).items[at]->name);                                                                     \
        }                                                                                                              \
    } while (false)

static void assert_teams(struct fixture *f, const struct person *person, const char *expected)
{
    struct team_list teams;
    char names[256];
    ok(f->s, person_teams(f->s, person, &teams));
    names_of(teams, names);
    assert_text(names, expected);
}

static void assert_roles(struct fixture *f, const struct person *person, const char *expected)
{
    struct membership_list links;
    char roles[256] = "";
    ok(f->s, person_teams_links(f->s, person, &links));
    for (size_t i = 0; i < links.count; i++) {
        strcat(roles, i > 0 ? " " : "");
        strcat(roles, links.items[i]->role);
    }
    assert_text(roles, expected);
}

/* S-160: one statement loads the teams of all people, sorted by key, once for each membership; the memberships are in
 * step with them and cost none. */
static void test_s160_siblings_and_links(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);

    assert_teams(f, people.items[0], "Reds Reds Greens");
    assert_statements(f, 1);
    assert_roles(f, people.items[0], "player captain coach");
    assert_teams(f, people.items[1], "Reds Blues");
    assert_roles(f, people.items[1], "goalkeeper doctor");
    assert_teams(f, people.items[2], "");
    assert_roles(f, people.items[2], "");
    assert_teams(f, people.items[3], "");
    assert_statements(f, 0);
}

/* S-160: the team of two people is one record, and the links are records that can be saved. */
static void test_s160_records(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct team_list of_ann, of_bob;
    struct membership_list links;

    ok(f->s, person_teams(f->s, people.items[0], &of_ann));
    ok(f->s, person_teams(f->s, people.items[1], &of_bob));
    assert_ptr_equal(of_ann.items[0], of_bob.items[0]);
    assert_ptr_equal(of_ann.items[0], of_ann.items[1]);
    ok(f->s, person_teams_links(f->s, people.items[0], &links));
    struct membership *link;
    ok(f->s, membership_find(f->s, links.items[1]->id, &link));
    assert_ptr_equal(link, links.items[1]);
    reset_statements(f);
    link->role = "substitute";
    ok(f->s, membership_save(f->s, link));
    assert_statements(f, 1);
    assert_roles(f, people.items[0], "player substitute coach");
    assert_statements(f, 0);
}

/* S-160: an access to the links alone loads both. An unsaved person has none. */
static void test_s160_links_first(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct person unsaved = {.name = "Eve"};

    assert_roles(f, people.items[1], "goalkeeper doctor");
    assert_statements(f, 1);
    assert_teams(f, people.items[0], "Reds Reds Greens");
    assert_teams(f, &unsaved, "");
    assert_roles(f, &unsaved, "");
    assert_statements(f, 0);
}

/* S-161: a path of three hops, and one that follows another through relation, take one statement as well. */
static void test_s161_long_paths(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct city_list cities;
    struct person_list people;
    struct team_list links;
    char names[256];
    struct city_query *query = city_query(f->s);
    city_order_by(query, ar_asc(city_column.id));
    ok(f->s, city_all(query, &cities));
    reset_statements(f);

    ok(f->s, city_people(f->s, cities.items[0], &people));
    assert_statements(f, 1);
    names_of(people, names);
    assert_text(names, "Ann Ann Ann Bob");
    ok(f->s, city_people_links(f->s, cities.items[0], &links));
    names_of(links, names);
    assert_text(names, "Reds Reds Greens Reds");
    ok(f->s, city_people(f->s, cities.items[1], &people));
    names_of(people, names);
    assert_text(names, "Bob");
    ok(f->s, city_people(f->s, cities.items[2], &people));
    assert_int_equal(people.count, 0);
    assert_statements(f, 0);

    struct person_list all = all_people(f);
    struct country_list countries;
    ok(f->s, person_countries(f->s, all.items[1], &countries));
    names_of(countries, names);
    assert_text(names, "Norway Peru");
    ok(f->s, person_countries(f->s, all.items[0], &countries));
    names_of(countries, names);
    assert_text(names, "Norway");
    assert_statements(f, 1);
}

/* S-162: a distinct list has each target once. */
static void test_s162_distinct(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f), residents;
    struct city_list cities;
    struct city *oslo;
    char names[256];

    ok(f->s, person_cities(f->s, people.items[0], &cities));
    names_of(cities, names);
    assert_text(names, "Oslo");
    ok(f->s, person_cities(f->s, people.items[1], &cities));
    names_of(cities, names);
    assert_text(names, "Oslo Lima");
    assert_statements(f, 1);
    ok(f->s, city_find(f->s, 1, &oslo));
    ok(f->s, city_residents(f->s, oslo, &residents));
    names_of(residents, names);
    assert_text(names, "Ann Bob");
    assert_statements(f, 2);
}

/* S-163: a has_one through is the row with the lowest key. */
static void test_s163_one(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct team *team;
    struct membership *link;

    ok(f->s, person_first_team(f->s, people.items[0], &team));
    assert_text(team->name, "Reds");
    ok(f->s, person_first_team_link(f->s, people.items[0], &link));
    assert_text(link->role, "player");
    ok(f->s, person_first_team(f->s, people.items[2], &team));
    assert_null(team);
    ok(f->s, person_first_team_link(f->s, people.items[2], &link));
    assert_null(link);
    assert_statements(f, 1);

    ar_session_clear(f->s);
    struct person_query *query = person_query(f->s);
    person_order_by(query, ar_asc(person_column.id));
    team_limit(person_with_first_team(query), 1);
    ok(f->s, person_all(query, &people));
    ok(f->s, person_first_team(f->s, people.items[0], &team));
    assert_text(team->name, "Reds");
    assert_statements(f, 2);
}

/* S-163: only a relation of a model to itself that has no path can be followed. */
static void test_s163_not_followed(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    const void *const records[] = {people.items[0]};
    struct ar_list list;
    fails(f->s, AR_MISUSE, ar_relation_follow(f->s, &person_teams_relation, records, 1, AR_WHOLE_DEPTH, &list));
    assert_error_names(f->s, "person.teams cannot be followed");
    fails(f->s, AR_MISUSE, ar_relation_follow(f->s, &person_memberships_relation, records, 1, 1, NULL));
    assert_statements(f, 0);
}

/* S-163: a long list is sorted by key, however its rows arrive. */
static void test_s163_long_list(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    run_sql(f, "INSERT INTO cities (country_id, name) VALUES (1, 'Bergen')");
    for (int i = 0; i < 20; i++)
        run_sql(f, "INSERT INTO teams (city_id, name) VALUES (4, 'x'), (1, 'y')");
    struct country_list countries;
    struct team_list teams;
    ok(f->s, country_all(country_query(f->s), &countries));
    reset_statements(f);
    for (size_t i = 0; i < countries.count; i++) {
        ok(f->s, country_teams(f->s, countries.items[i], &teams));
        assert_int_equal(teams.count, countries.items[i]->id == 1 ? 42 : 1);
        for (size_t k = 1; k < teams.count; k++)
            assert_true(teams.items[k - 1]->id < teams.items[k]->id);
    }
    assert_statements(f, 1);
}

/* S-163: a path that begins with a foreign key of the owner. Its value decides, whatever was loaded before. */
static void test_s163_by_foreign_key(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct team_list teams = all_teams(f);
    struct country *country;
    struct city *city;

    ok(f->s, team_country(f->s, teams.items[0], &country));
    assert_text(country->name, "Norway");
    ok(f->s, team_country_link(f->s, teams.items[0], &city));
    assert_text(city->name, "Oslo");
    ok(f->s, team_country(f->s, teams.items[1], &country));
    assert_text(country->name, "Peru");
    ok(f->s, team_country(f->s, teams.items[3], &country));
    assert_null(country);
    assert_statements(f, 1);
    teams.items[0]->city_id = 2;
    ok(f->s, team_country(f->s, teams.items[0], &country));
    assert_text(country->name, "Peru");
    assert_statements(f, 1);
    teams.items[0]->city_id = 3;
    ok(f->s, team_country(f->s, teams.items[0], &country));
    assert_null(country);
    assert_statements(f, 1);
}

/* S-163: a list by a foreign key of the owner; owners with the same key share it. */
static void test_s163_list_by_foreign_key(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct membership_list memberships;
    struct person_list people;
    struct membership_query *query = membership_query(f->s);
    char names[256];
    membership_order_by(query, ar_asc(membership_column.id));
    ok(f->s, membership_all(query, &memberships));
    reset_statements(f);

    const char *const expected[] = {"Ann", "Ann Ann Bob", "Ann Ann Bob", "Bob", "Ann Ann Bob", ""};
    for (size_t i = 0; i < memberships.count; i++) {
        ok(f->s, membership_teammates(f->s, memberships.items[i], &people));
        names_of(people, names);
        assert_text(names, expected[i]);
    }
    assert_statements(f, 1);
}

/* S-164: eager, with another relation below, and explicit: one statement each. */
static void test_s164_eager_and_explicit(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    for (size_t i = 0; i < 3; i++) {
        ar_session_clear(f->s);
        struct person_query *query = person_query(f->s);
        struct person_list people;
        struct city *city;
        struct team_list teams;
        ar_query_plan(query, i == 0 ? AR_PLAN_AUTO : i == 1 ? AR_PLAN_WAVES : AR_PLAN_ONE_TRIP);
        person_order_by(query, ar_asc(person_column.id));
        person_where(query, ar_ne(person_column.name, "Dot"));
        team_with_city(person_with_teams(query));
        ok(f->s, person_all(query, &people));
        assert_statements(f, 3);
        assert_int_equal(people.count, 3);
        assert_teams(f, people.items[0], "Reds Reds Greens");
        assert_roles(f, people.items[0], "player captain coach");
        assert_teams(f, people.items[1], "Reds Blues");
        assert_teams(f, people.items[2], "");
        ok(f->s, person_teams(f->s, people.items[1], &teams));
        ok(f->s, team_city(f->s, teams.items[1], &city));
        assert_text(city->name, "Lima");
        assert_statements(f, 0);
        ok(f->s, person_load_teams(f->s, people.items, people.count));
        assert_statements(f, 1);
        assert_teams(f, people.items[0], "Reds Reds Greens");
        assert_statements(f, 0);
    }
}

/* S-164: a through relation below another one, in one trip as well. */
static void test_s164_nested(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    for (size_t i = 0; i < 2; i++) {
        ar_session_clear(f->s);
        struct country_query *query = country_query(f->s);
        struct country_list countries;
        struct team_list teams;
        struct person_list people;
        char names[256];
        ar_query_plan(query, i == 0 ? AR_PLAN_WAVES : AR_PLAN_ONE_TRIP);
        country_order_by(query, ar_asc(country_column.id));
        country_where(query, ar_ne(country_column.name, "Peru"));
        team_with_people(country_with_teams(query));
        ok(f->s, country_all(query, &countries));
        assert_statements(f, 3);
        ok(f->s, country_teams(f->s, countries.items[0], &teams));
        names_of(teams, names);
        assert_text(names, "Reds Greens");
        ok(f->s, team_people(f->s, teams.items[0], &people));
        names_of(people, names);
        assert_text(names, "Ann Ann Bob");
        assert_statements(f, 0);
    }
}

/* S-164: a refined eager load: a condition, an order, and a limit for each person. */
static void test_s164_refined(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people;
    struct person_query *query = person_query(f->s);
    struct team_query *teams = person_with_teams(query);
    person_order_by(query, ar_asc(person_column.id));
    team_where(teams, ar_ne(team_column.name, "Blues"));
    team_order_by(teams, ar_desc(team_column.name));
    ok(f->s, person_all(query, &people));
    assert_statements(f, 2);
    assert_teams(f, people.items[0], "Reds Reds Greens");
    assert_roles(f, people.items[0], "player captain coach");
    assert_teams(f, people.items[1], "Reds");
    assert_statements(f, 0);

    query = person_query(f->s);
    teams = person_with_teams(query);
    person_order_by(query, ar_asc(person_column.id));
    team_order_by(teams, ar_asc(team_column.name));
    team_limit(teams, 2);
    ok(f->s, person_all(query, &people));
    assert_statements(f, 2);
    assert_teams(f, people.items[0], "Greens Reds");
    assert_roles(f, people.items[0], "coach player");
    assert_teams(f, people.items[1], "Blues Reds");
    assert_teams(f, people.items[2], "");
    assert_statements(f, 0);

    query = person_query(f->s);
    teams = person_with_teams(query);
    person_where(query, ar_eq(person_column.name, "Ann"));
    team_limit(teams, 1);
    team_offset(teams, 2);
    ok(f->s, person_all(query, &people));
    assert_statements(f, 2);
    assert_teams(f, people.items[0], "Greens");
    assert_statements(f, 0);

    query = person_query(f->s);
    person_order_by(query, ar_asc(person_column.id));
    team_offset(person_with_teams(query), 1);
    ok(f->s, person_all(query, &people));
    assert_statements(f, 2);
    assert_teams(f, people.items[0], "Reds Greens");
    assert_teams(f, people.items[1], "Blues");
    assert_statements(f, 0);
}

/* S-164: the last rows before a position, for each person: of rows with the same team, the later memberships. */
static void test_s164_last_rows(void **state)
{
    static const struct {
        const char *before;
        unsigned limit, offset;
        const char *teams, *roles;
    } cases[] = {
        {"Z", 1, 0, "Reds", "captain"},
        {"Z", 2, 0, "Reds Reds", "player captain"},
        {"Z", 3, 0, "Greens Reds Reds", "coach player captain"},
        {"Z", 2, 1, "Greens Reds", "coach player"},
        {"Reds", 2, 0, "Greens", "coach"},
    };
    struct fixture *f = *state;
    given_teams(f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct person_query *query = person_query(f->s);
        struct team_query *teams = person_with_teams(query);
        struct person_list people;
        person_order_by(query, ar_asc(person_column.id));
        team_order_by(teams, ar_asc(team_column.name));
        team_before(teams, &(struct team){.id = 1, .name = cases[i].before});
        team_limit(teams, cases[i].limit);
        team_offset(teams, cases[i].offset);
        ok(f->s, person_all(query, &people));
        assert_statements(f, 2);
        assert_teams(f, people.items[0], cases[i].teams);
        assert_roles(f, people.items[0], cases[i].roles);
        assert_teams(f, people.items[2], "");
        assert_statements(f, 0);
    }
}

/* S-164: pages without an order are by key, for each person, with and without links. */
static void test_s164_pages(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_query *query = person_query(f->s);
    struct team_query *teams = person_with_teams(query);
    struct city_query *cities = person_with_cities(query);
    struct person_list people;
    struct city_list list;
    char names[256];
    person_order_by(query, ar_asc(person_column.id));
    team_after(teams, &(struct team){.id = 1});
    city_before(cities, &(struct city){.id = 2});
    ok(f->s, person_all(query, &people));
    assert_statements(f, 3);
    assert_teams(f, people.items[0], "Greens");
    assert_roles(f, people.items[0], "coach");
    assert_teams(f, people.items[1], "Blues");
    ok(f->s, person_cities(f->s, people.items[1], &list));
    names_of(list, names);
    assert_text(names, "Oslo");
    assert_statements(f, 0);
}

/* S-164: without an index of the first table, SQLite scans it once for all owners. */
static void test_s164_scan(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    ok(f->s, ar_execute(f->s, "DROP INDEX memberships_person_id"));
    struct person_list people = all_people(f);
    assert_teams(f, people.items[0], "Reds Reds Greens");
    assert_roles(f, people.items[0], "player captain coach");
    assert_teams(f, people.items[1], "Reds Blues");
    assert_teams(f, people.items[3], "");
    if (fixture_is_sqlite())
        assert_non_null(strstr(f->last_sql, fixture_is_plain() ? "WHERE +" : "armature_wanted"));
    assert_statements(f, 1);
}

/* S-164: a link that its struct cannot hold fails the load; the message has the key of the link. */
static void test_s164_invalid_link(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct team_list teams;
    run_sql(f, fixture_is_sqlite() ? "UPDATE memberships SET role = x'ff00' WHERE id = 5"
                                   : "ALTER TABLE memberships ALTER team_id DROP NOT NULL");
    if (!fixture_is_sqlite())
        return;
    fails(f->s, AR_INVALID, person_teams(f->s, people.items[0], &teams));
    assert_error_names(f->s, "role");
    assert_error_names(f->s, "5");
    assert_int_equal(teams.count, 0);
}

/* S-165: a row of the path that leads elsewhere afterwards, to a model that does not list such rows. */
static void test_s165_other_target(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct visit visit = {.person_id = 1, .city_id = 1}, *loaded;
    add_row(f, &visit_model, &visit);
    struct person_list people = all_people(f);
    struct city_list cities;
    ok(f->s, person_visited(f->s, people.items[0], &cities));
    assert_int_equal(cities.count, 1);
    assert_text(cities.items[0]->name, "Oslo");
    ok(f->s, visit_find(f->s, visit.id, &loaded));
    loaded->city_id = 2;
    ok(f->s, visit_save(f->s, loaded));
    ok(f->s, person_visited(f->s, people.items[0], &cities));
    assert_int_equal(cities.count, 1);
    assert_text(cities.items[0]->name, "Lima");
}

/* S-164: many targets of one owner are sorted by their keys, whatever the order of the rows. */
static void test_s164_long_distinct(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    for (int64_t i = 0; i < 40; i++) {
        struct person person = {.name = "more"};
        add_row(f, &person_model, &person);
        struct membership membership = {.person_id = person.id, .team_id = i % 2 == 0 ? 3 : 1};
        add_row(f, &membership_model, &membership);
    }
    struct city *city;
    struct person_list people;
    ok(f->s, city_find(f->s, 1, &city));
    ok(f->s, city_residents(f->s, city, &people));
    assert_int_equal(people.count, 42);
    for (size_t i = 1; i < people.count; i++)
        assert_true(people.items[i - 1]->id < people.items[i]->id);
}

/* S-164: a limit for each owner of a distinct list counts targets, not rows. */
static void test_s164_limited_distinct(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people;
    struct city_list cities;
    struct person_query *query = person_query(f->s);
    struct city_query *sub = person_with_cities(query);
    char names[256];
    person_order_by(query, ar_asc(person_column.id));
    city_order_by(sub, ar_desc(city_column.name));
    city_limit(sub, 2);
    ok(f->s, person_all(query, &people));
    assert_statements(f, 2);
    ok(f->s, person_cities(f->s, people.items[0], &cities));
    names_of(cities, names);
    assert_text(names, "Oslo");
    ok(f->s, person_cities(f->s, people.items[1], &cities));
    names_of(cities, names);
    assert_text(names, "Oslo Lima");
    assert_statements(f, 0);
}

/* S-164: the query of the relation returns each team once, and can be counted and refined. */
static void test_s164_query(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct team_query *query = person_teams_query(f->s, people.items[0]);
    struct team_list teams;
    char names[256];
    int64_t count;

    team_order_by(query, ar_desc(team_column.id));
    ok(f->s, team_all(query, &teams));
    names_of(teams, names);
    assert_text(names, "Greens Reds");
    ok(f->s, team_count(person_teams_query(f->s, people.items[0]), &count));
    assert_int_equal(count, 2);
    ok(f->s, team_count(person_teams_query(f->s, people.items[3]), &count));
    assert_int_equal(count, 0);
    query = person_teams_query(f->s, people.items[1]);
    team_where(query, ar_eq(team_column.name, "Blues"));
    ok(f->s, team_update_all(query, ar_set(team_column.name, "Azures"), &count));
    assert_int_equal(count, 1);
    assert_statements(f, 4);
    struct team_list all = all_teams(f);
    names_of(all, names);
    assert_text(names, "Reds Azures Greens Drifters");
}

/* S-164: the number of teams, of cities and of teammates, each counted for all siblings, dropped by a write. */
static void test_s164_counts(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    static const int64_t teams[] = {3, 2, 0, 0}, cities[] = {1, 2, 0, 0};
    int64_t count;
    for (size_t i = 0; i < 4; i++) {
        ok(f->s, person_teams_count(f->s, people.items[i], &count));
        assert_int_equal(count, teams[i]);
        ok(f->s, person_cities_count(f->s, people.items[i], &count));
        assert_int_equal(count, cities[i]);
    }
    assert_statements(f, 2);
    ok(f->s, membership_insert(f->s, &(struct membership){.person_id = 4, .team_id = 2}));
    ok(f->s, person_teams_count(f->s, people.items[3], &count));
    assert_int_equal(count, 1);
    ok(f->s, person_cities_count(f->s, people.items[3], &count));
    assert_int_equal(count, 1);

    struct membership_list memberships;
    struct membership_query *query = membership_query(f->s);
    membership_order_by(query, ar_asc(membership_column.id));
    ok(f->s, membership_all(query, &memberships));
    reset_statements(f);
    static const int64_t teammates[] = {1, 3, 3, 2, 3, 0, 2};
    for (size_t i = 0; i < memberships.count; i++) {
        ok(f->s, membership_teammates_count(f->s, memberships.items[i], &count));
        assert_int_equal(count, teammates[i]);
    }
    assert_statements(f, 1);
    memberships.items[0]->team_id = 1;
    ok(f->s, membership_teammates_count(f->s, memberships.items[0], &count));
    assert_int_equal(count, 3);
    assert_statements(f, 1);
}

/* S-164: counts that are loaded with a query of whole tables. */
static void test_s164_eager_counts(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_query *query = person_query(f->s);
    struct person_list people;
    int64_t count;
    person_order_by(query, ar_asc(person_column.id));
    (void)person_with_teams_count(query);
    (void)person_with_cities_count(query);
    ok(f->s, person_all(query, &people));
    assert_statements(f, 3);
    ok(f->s, person_teams_count(f->s, people.items[0], &count));
    assert_int_equal(count, 3);
    ok(f->s, person_cities_count(f->s, people.items[1], &count));
    assert_int_equal(count, 2);
    assert_statements(f, 0);
}

/* S-164: the list and the counts of one person, whose key is known before its row is read. */
static void test_s164_of_a_key(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    for (int i = 0; i < 2; i++) {
        struct person_query *query = person_query(f->s);
        struct person_list people;
        int64_t count;
        person_where(query, ar_eq(person_column.id, 2));
        if (i == 1)
            person_where(query, ar_gt(person_column.id, 2)); /* the rows of its relations arrive without it */
        (void)person_with_teams(query);
        (void)person_with_teams_count(query);
        (void)person_with_cities_count(query);
        ok(f->s, person_all(query, &people));
        assert_int_equal(people.count, i == 0 ? 1 : 0);
        if (people.count == 0)
            break;
        assert_statements(f, 4);
        assert_teams(f, people.items[0], "Reds Blues");
        ok(f->s, person_teams_count(f->s, people.items[0], &count));
        assert_int_equal(count, 2);
        ok(f->s, person_cities_count(f->s, people.items[0], &count));
        assert_int_equal(count, 2);
        assert_statements(f, 0);
    }
}

/* S-164: in a strict session, an access that would load is refused. */
static void test_s164_strict(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    reopen_session(f, (struct ar_session_options){.strict = true});
    struct person_query *query = person_query(f->s);
    struct person_list people;
    struct team_list teams;
    person_order_by(query, ar_asc(person_column.id));
    (void)person_with_teams(query);
    ok(f->s, person_all(query, &people));
    assert_teams(f, people.items[1], "Reds Blues");
    struct city_list cities;
    fails(f->s, AR_MISUSE, person_cities(f->s, people.items[0], &cities));
    assert_error_names(f->s, "person.cities");
    ok(f->s, person_teams(f->s, people.items[0], &teams));
    struct person_list members;
    fails(f->s, AR_MISUSE, team_people(f->s, teams.items[0], &members));
}

/* S-165: a new or changed membership changes the lists of the people and teams that it connects, and of no others. */
static void test_s165_link_written(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct team_list teams = all_teams(f);
    struct person_list members;
    struct city_list cities;
    char names[256];
    assert_teams(f, people.items[3], "");
    ok(f->s, team_people(f->s, teams.items[1], &members));
    ok(f->s, person_cities(f->s, people.items[3], &cities));
    reset_statements(f);

    struct membership *membership = &(struct membership){.person_id = 4, .team_id = 2, .role = "guest"};
    ok(f->s, membership_insert(f->s, membership));
    assert_statements(f, 1);
    assert_teams(f, people.items[3], "Blues");
    assert_statements(f, 1);
    assert_teams(f, people.items[0], "Reds Reds Greens");
    assert_statements(f, 0);
    ok(f->s, team_people(f->s, teams.items[1], &members));
    names_of(members, names);
    assert_text(names, "Bob Dot");
    assert_statements(f, 1);
    ok(f->s, person_cities(f->s, people.items[3], &cities));
    names_of(cities, names);
    assert_text(names, "Lima");
    assert_statements(f, 1);

    ok(f->s, membership_find(f->s, membership->id, &membership));
    membership->team_id = 3;
    ok(f->s, membership_save(f->s, membership));
    reset_statements(f);
    assert_teams(f, people.items[3], "Greens");
    assert_statements(f, 1);
    ok(f->s, membership_delete(f->s, membership));
    reset_statements(f);
    assert_teams(f, people.items[3], "");
    assert_statements(f, 1);
}

/* S-165: writes to other models on the path: a moved team changes the cities of its people; a renamed one is the same
 * record in the same lists. */
static void test_s165_target_written(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct team_list teams;
    struct city_list cities;
    char names[256];
    ok(f->s, person_cities(f->s, people.items[1], &cities));
    ok(f->s, person_teams(f->s, people.items[1], &teams));
    reset_statements(f);

    teams.items[0]->name = "Scarlets";
    ok(f->s, team_save(f->s, teams.items[0]));
    assert_statements(f, 1);
    assert_teams(f, people.items[1], "Scarlets Blues");
    ok(f->s, person_cities(f->s, people.items[1], &cities));
    assert_statements(f, 0);
    teams.items[0]->city_id = 3;
    ok(f->s, team_save(f->s, teams.items[0]));
    reset_statements(f);
    ok(f->s, person_cities(f->s, people.items[1], &cities));
    names_of(cities, names);
    assert_text(names, "Lima Atlantis");
    assert_statements(f, 1);
}

static void assert_last_name(struct fixture *f, const struct team *team, const char *expected, size_t statements)
{
    struct ar_value value;
    reset_statements(f);
    ok(f->s, team_people_aggregate(f->s, team, ar_max(person_column.name), &value));
    assert_text(value.bytes.data, expected);
    assert_statements(f, statements);
}

/* S-165: a maximum of the targets is read again after its column was written, but not after that of a link. */
static void test_s165_measured_target_written(void **state)
{
    struct fixture *f = *state;
    struct person *bob;
    struct membership *link;
    given_teams(f);
    struct team_list teams = all_teams(f);
    assert_last_name(f, teams.items[0], "Bob", 1);
    assert_last_name(f, teams.items[2], "Ann", 0);
    ok(f->s, person_find(f->s, 2, &bob));
    bob->name = "Zed";
    ok(f->s, person_save(f->s, bob));
    assert_last_name(f, teams.items[0], "Zed", 1);
    assert_last_name(f, teams.items[2], "Ann", 0);
    ok(f->s, membership_find(f->s, 3, &link));
    link->role = "captain";
    ok(f->s, membership_save(f->s, link));
    assert_last_name(f, teams.items[0], "Zed", 0);
}

/* S-165: user SQL, a rollback and clear_cache drop what was loaded. */
static void test_s165_dropped(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    assert_teams(f, people.items[3], "");
    ok(f->s, ar_begin(f->s));
    ok(f->s, membership_insert(f->s, &(struct membership){.person_id = 4, .team_id = 1}));
    assert_teams(f, people.items[3], "Reds");
    ok(f->s, ar_rollback(f->s));
    assert_teams(f, people.items[3], "");
    ok(f->s, ar_execute(f->s, "UPDATE memberships SET team_id = 4 WHERE id = 4"));
    assert_teams(f, people.items[1], "Reds Drifters");
    reset_statements(f);
    run_sql(f, "UPDATE memberships SET team_id = 2 WHERE id = 4");
    assert_teams(f, people.items[1], "Reds Drifters");
    assert_statements(f, 0);
    person_teams_clear_cache(f->s, people.items[1]);
    assert_teams(f, people.items[1], "Reds Blues");
    assert_statements(f, 1);
}

/* S-165: .cache = off loads at every access. */
static void test_s165_uncached(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person_list people = all_people(f);
    struct team_list teams;
    for (size_t i = 0; i < 2; i++) {
        ok(f->s, person_recent_teams(f->s, people.items[1], &teams));
        assert_int_equal(teams.count, 2);
        assert_statements(f, 1);
    }
}

/* S-166: a has_one on the path leads to its first row only. */
static void test_s166_first_row_of_a_hop(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct team_list teams = all_teams(f);
    struct profile_list profiles;

    ok(f->s, team_profiles(f->s, teams.items[0], &profiles));
    assert_int_equal(profiles.count, 3);
    assert_text(profiles.items[0]->text, "of Bob");
    assert_text(profiles.items[1]->text, "of Ann");
    assert_text(profiles.items[2]->text, "of Ann");
    assert_statements(f, 1);
    int64_t count;
    ok(f->s, profile_count(team_profiles_query(f->s, teams.items[0]), &count));
    assert_int_equal(count, 2);
}

/* S-167: a single person, a single team: the same contents as for many. */
static void test_s167_single_owner(void **state)
{
    struct fixture *f = *state;
    given_teams(f);
    struct person *ann;
    struct team *greens;
    struct person_list members;
    struct country *country;
    char names[256];
    ok(f->s, person_find(f->s, 1, &ann));
    reset_statements(f);
    assert_teams(f, ann, "Reds Reds Greens");
    assert_roles(f, ann, "player captain coach");
    assert_statements(f, 1);
    ok(f->s, team_find(f->s, 3, &greens));
    reset_statements(f);
    ok(f->s, team_people(f->s, greens, &members));
    names_of(members, names);
    assert_text(names, "Ann");
    ok(f->s, team_country(f->s, greens, &country));
    assert_text(country->name, "Norway");
    assert_statements(f, 2);
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_teams, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s160_siblings_and_links),
        story(test_s160_records),
        story(test_s160_links_first),
        story(test_s161_long_paths),
        story(test_s162_distinct),
        story(test_s163_one),
        story(test_s163_not_followed),
        story(test_s163_long_list),
        story(test_s163_by_foreign_key),
        story(test_s163_list_by_foreign_key),
        story(test_s164_eager_and_explicit),
        story(test_s164_nested),
        story(test_s164_refined),
        story(test_s164_last_rows),
        story(test_s164_pages),
        story(test_s164_scan),
        story(test_s164_invalid_link),
        story(test_s164_long_distinct),
        story(test_s165_other_target),
        story(test_s164_limited_distinct),
        story(test_s164_query),
        story(test_s164_counts),
        story(test_s164_eager_counts),
        story(test_s164_of_a_key),
        story(test_s164_strict),
        story(test_s165_link_written),
        story(test_s165_target_written),
        story(test_s165_measured_target_written),
        story(test_s165_dropped),
        story(test_s165_uncached),
        story(test_s166_first_row_of_a_hop),
        story(test_s167_single_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
