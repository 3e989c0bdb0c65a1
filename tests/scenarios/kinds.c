/* S-216: for every kind of relation, every way to load it gives the graph that plain SQL gives: lazily for siblings or
 * one by one, eagerly by each plan, explicitly, by query, by count and by condition. Random rows, with fixed seeds. */
#include "data.h"
#include "kinds.ar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 5, PEOPLE = 12, PROJECTS = 9, NOTES = 30, MAILS = 20 };

/* A relation, and plain SQL for its pairs of rows, `o` and `t`. */
struct kind {
    const struct ar_relation *relation;
    const char *from, *order;
};

#define KEY_OF(relation) &relation##_relation

/* The rows that are not deleted. */
#define LIVE_NOTES "(SELECT * FROM notes WHERE removed_at IS NULL)"
#define LIVE_MAILS "(SELECT * FROM mails WHERE deleted_at IS NULL)"

static const struct kind kinds[] = {
    {KEY_OF(person_boss), "people o JOIN people t ON t.id = o.boss_id", "t.id"},
    {KEY_OF(person_reports), "people o JOIN people t ON t.boss_id = o.id", "t.id"},
    {KEY_OF(person_senior_report), "people o JOIN people t ON t.boss_id = o.id", "t.rank DESC, t.id"},
    {KEY_OF(person_notes), "people o JOIN " LIVE_NOTES " t ON t.author_id = o.id", "t.id"},
    {KEY_OF(person_open_notes), "people o JOIN " LIVE_NOTES " t ON t.author_id = o.id WHERE NOT t.is_done",
     "t.weight DESC, t.id"},
    {KEY_OF(person_heaviest_note), "people o JOIN " LIVE_NOTES " t ON t.author_id = o.id WHERE t.weight > 1",
     "t.weight DESC, t.id DESC"},
    {KEY_OF(person_mails), "people o JOIN " LIVE_MAILS " t ON t.sender_email = o.email", "t.id"},
    {KEY_OF(person_last_mail), "people o JOIN " LIVE_MAILS " t ON t.sender_email = o.email", "t.id DESC"},
    {KEY_OF(project_lead), "projects o JOIN people t ON t.id = o.lead_id", "t.id"},
    {KEY_OF(project_notes), "projects o JOIN " LIVE_NOTES " t ON t.org_id = o.org_id AND t.project_number = o.number",
     "t.id"},
    {KEY_OF(project_done_notes),
     "projects o JOIN " LIVE_NOTES " t ON t.org_id = o.org_id AND t.project_number = o.number WHERE t.is_done",
     "t.weight, t.id DESC"},
    {KEY_OF(project_lightest_note),
     "projects o JOIN " LIVE_NOTES " t ON t.org_id = o.org_id AND t.project_number = o.number", "t.weight, t.id"},
    {KEY_OF(note_author), LIVE_NOTES " o JOIN people t ON t.id = o.author_id", "t.id"},
    {KEY_OF(note_senior_author), LIVE_NOTES " o JOIN people t ON t.id = o.author_id WHERE t.rank > 1", "t.id"},
    {KEY_OF(note_project), LIVE_NOTES " o JOIN projects t ON t.org_id = o.org_id AND t.number = o.project_number",
     "t.number"},
    {KEY_OF(person_tips), "people o JOIN tips t ON t.about_type = 'person' AND t.about_id = o.id", "t.id"},
    {KEY_OF(person_last_tip), "people o JOIN tips t ON t.about_type = 'person' AND t.about_id = o.id", "t.id DESC"},
    {KEY_OF(mail_tips), LIVE_MAILS " o JOIN tips t ON t.about_type = 'mail' AND t.about_id = o.id", "t.id"},
    {KEY_OF(tip_about_person), "tips o JOIN people t ON o.about_type = 'person' AND t.id = o.about_id", "t.id"},
    {KEY_OF(tip_about_mail), "tips o JOIN " LIVE_MAILS " t ON o.about_type = 'mail' AND t.id = o.about_id", "t.id"},
    {KEY_OF(person_votes), "people o JOIN votes t ON t.person_id = o.id", "t.id"},
    {KEY_OF(vote_person), "votes o JOIN people t ON t.id = o.person_id", "t.id"},
    {KEY_OF(vote_mail), "votes o JOIN " LIVE_MAILS " t ON t.id = o.mail_id", "t.id"},
    {KEY_OF(mail_sender), LIVE_MAILS " o JOIN people t ON t.email = o.sender_email", "t.id"},
    {KEY_OF(person_grand_boss), "people o JOIN people b ON b.id = o.boss_id JOIN people t ON t.id = b.boss_id", "t.id"},
    {KEY_OF(person_boss_mail),
     "people o JOIN people b ON b.id = o.boss_id JOIN " LIVE_MAILS " t ON t.sender_email = b.email", "t.id DESC"},
    {KEY_OF(person_note_projects),
     "people o JOIN " LIVE_NOTES " n ON n.author_id = o.id JOIN projects t ON t.org_id = n.org_id"
     " AND t.number = n.project_number",
     "t.org_id, t.number"},
    {KEY_OF(person_heaviest_project),
     "people o JOIN projects t ON (t.org_id, t.number) = (SELECT n.org_id, n.project_number FROM " LIVE_NOTES " n"
     " WHERE n.author_id = o.id AND n.weight > 1 ORDER BY n.weight DESC, n.id DESC LIMIT 1)",
     "t.number"},
    {KEY_OF(person_projects),
     "people o JOIN projects t ON EXISTS (SELECT 1 FROM " LIVE_NOTES
     " n WHERE n.author_id = o.id AND n.org_id = t.org_id"
     " AND n.project_number = t.number)",
     "t.org_id, t.number"},
    {KEY_OF(person_open_projects),
     "people o JOIN projects t ON EXISTS (SELECT 1 FROM " LIVE_NOTES
     " n WHERE n.author_id = o.id AND n.org_id = t.org_id"
     " AND n.project_number = t.number AND NOT n.is_done)",
     "t.number DESC, t.org_id DESC"},
    {KEY_OF(person_tasks),
     "people o JOIN assignments a ON a.person_id = o.id JOIN projects t ON t.org_id = a.org_id AND t.number = a.number",
     "t.org_id, t.number"},
    {KEY_OF(person_friends), "people o JOIN friendships f ON f.person_id = o.id JOIN people t ON t.id = f.friend_id",
     "t.rank DESC, t.id DESC"},
    {KEY_OF(person_fans),
     "people o JOIN friendships f ON f.friend_id = o.id JOIN people t ON t.id = f.person_id AND t.rank > 0", "t.id"},
    {KEY_OF(project_authors),
     "projects o JOIN people t ON EXISTS (SELECT 1 FROM " LIVE_NOTES
     " n WHERE n.author_id = t.id AND n.org_id = o.org_id"
     " AND n.project_number = o.number)",
     "t.id"},
    {KEY_OF(project_top_author),
     "projects o JOIN " LIVE_NOTES " n ON n.org_id = o.org_id AND n.project_number = o.number"
     " JOIN people t ON t.id = n.author_id AND t.rank > 0",
     "t.rank DESC, t.id DESC"},
    {KEY_OF(project_senior_authors),
     "projects o JOIN people t ON t.rank > 1 AND EXISTS (SELECT 1 FROM " LIVE_NOTES " n JOIN friendships f"
     " ON f.person_id = n.author_id WHERE f.friend_id = t.id AND n.org_id = o.org_id AND n.project_number = o.number)",
     "t.id"},
    {KEY_OF(project_people),
     "projects o JOIN assignments a ON a.org_id = o.org_id AND a.number = o.number JOIN people t ON t.id = a.person_id",
     "t.id"},
    {KEY_OF(project_mails),
     "projects o JOIN " LIVE_MAILS " t ON EXISTS (SELECT 1 FROM assignments a JOIN people p ON p.id = a.person_id"
     " WHERE p.email = t.sender_email AND a.org_id = o.org_id AND a.number = o.number)",
     "t.id"},
    {KEY_OF(note_boss), LIVE_NOTES " o JOIN people a ON a.id = o.author_id JOIN people t ON t.id = a.boss_id", "t.id"},
    {KEY_OF(note_siblings),
     LIVE_NOTES " o JOIN projects p ON p.org_id = o.org_id AND p.number = o.project_number"
                " JOIN " LIVE_NOTES " t ON t.org_id = p.org_id AND t.project_number = p.number",
     "t.id"},
    {KEY_OF(mail_boss), LIVE_MAILS " o JOIN people s ON s.email = o.sender_email JOIN people t ON t.id = s.boss_id",
     "t.id"},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const struct ar_model *const models[] = {&person_model, &project_model, &note_model,
                                                &mail_model,   &tip_model,     &vote_model};

static bool is_list(const struct ar_relation *relation)
{
    return relation->kind == AR_RELATION_HAS_MANY || relation->kind == AR_RELATION_HAS_MANY_THROUGH ||
           relation->kind == AR_RELATION_MANY_TO_MANY;
}

static int open_kinds(void **state)
{
    return fixture_open(state, &person_model, &project_model, &note_model, &mail_model, &tip_model, &vote_model,
                        &edge_model);
}

/* Every relation of the models has its line. */
static void test_s216_every_relation(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        for (size_t j = 0; j < models[i]->relation_count; j++) {
            bool is_found = false;
            for (size_t k = 0; k < KINDS; k++)
                is_found = is_found || kinds[k].relation == models[i]->relations[j];
            if (!is_found)
                fail_msg("%s.%s has no plain SQL", models[i]->name, models[i]->relations[j]->name);
        }
    }
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static uint32_t state_of_random;

static int64_t below(int64_t limit)
{
    state_of_random = state_of_random * 1664525 + 1013904223;
    return (int64_t)(state_of_random >> 8) % limit;
}

static const char *email_of(int64_t person, char text[32])
{
    snprintf(text, 32, "p%" PRId64 "@x", person);
    return text;
}

static void write_rows(struct fixture *f, uint32_t seed)
{
    static const char *const statements[] = {
        "DELETE FROM votes",
        "DELETE FROM tips",
        "DELETE FROM edges",
        "DELETE FROM mails",
        "DELETE FROM notes",
        "DELETE FROM projects",
        "UPDATE people SET boss_id = NULL",
        "DELETE FROM people",
    };
    char email[32];
    state_of_random = seed;
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
        run_sql(f, statements[i]);
    int64_t people = below(PEOPLE) + 1, projects = below(PROJECTS + 1), notes = below(NOTES + 1);
    for (int64_t i = 1; i <= people; i++)
        add_row(f, &person_model, &(struct person){i, email_of(i, email), below(i), below(4)});
    for (int64_t i = 0; i < projects; i++)
        add_row(f, &project_model, &(struct project){i / 3 + 1, i % 3 + 1, below(people + 1)});
    for (int64_t i = 1; i <= people; i++)
        for (int64_t other = 0; other < people || other < projects; other++) {
            char sql[128];
            snprintf(sql, sizeof sql, "INSERT INTO friendships VALUES (%" PRId64 ", %" PRId64 ")", i, other + 1);
            if (other < people && below(4) == 0)
                run_sql(f, sql);
            snprintf(sql, sizeof sql, "INSERT INTO assignments VALUES (%" PRId64 ", %" PRId64 ", %" PRId64 ")", i,
                     other / 3 + 1, other % 3 + 1);
            if (other < projects && below(4) == 0)
                run_sql(f, sql);
        }
    for (int64_t i = notes; i > 0; i--) {
        struct note note = {i, below(people + 1), 0, 0, below(4), below(2) == 0, below(4) == 0 ? 1000 : 0};
        int64_t project = projects > 0 ? below(projects + 2) : 99;
        if (project < projects) {
            note.org_id = project / 3 + 1;
            note.project_number = project % 3 + 1;
        } else if (project == projects) { /* half a key */
            note.org_id = 1;
        }
        add_row(f, &note_model, &note);
    }
    int64_t mails = below(MAILS + 1);
    for (int64_t i = mails; i > 0; i--)
        add_row(f, &mail_model,
                &(struct mail){i, below(4) == 0 ? NULL : email_of(below(people) + 1, email), below(4) == 0 ? 1000 : 0});
    for (int64_t i = below(NOTES + 1); i > 0; i--) { /* about rows that exist or not, or about nothing */
        static const char *const types[] = {"person", "mail", NULL};
        bool is_mail = mails > 0 && below(2) == 0;
        add_row(f, &tip_model, &(struct tip){i, types[below(3)], below(PEOPLE + 2)});
        add_row(f, &vote_model, &(struct vote){i, is_mail ? 0 : below(people) + 1, is_mail ? below(mails) + 1 : 0});
    }
}

/* ---- Plain SQL --------------------------------------------------------------------------------------------------- */

/* Write an SQL expression for the key of a model's row, as a string. */
static void print_key_sql(char *out, size_t size, const struct ar_model *model, const char *alias)
{
    size_t length = 0;
    for (size_t i = 0; i < model->key_count; i++)
        length += (size_t)snprintf(out + length, size - length, "%sCAST(%s.%s AS TEXT)", i > 0 ? " || ',' || " : "",
                                   alias, model->columns[model->key[i]].sql);
}

static void find_edges(struct fixture *f)
{
    for (size_t i = 0; i < KINDS; i++) {
        const struct ar_relation *relation = kinds[i].relation;
        char owner[128], target[128], sql[1024];
        print_key_sql(owner, sizeof owner, relation->owner, "o");
        print_key_sql(target, sizeof target, relation->target, "t");
        snprintf(sql, sizeof sql,
                 "INSERT INTO edges (relation, owner, position, target) SELECT * FROM (SELECT '%s.%s', %s, "
                 "row_number() OVER (PARTITION BY %s ORDER BY %s) AS position, %s FROM %s) AS e%s",
                 relation->owner->name, relation->name, owner, owner, kinds[i].order, target, kinds[i].from,
                 is_list(relation) ? "" : " WHERE position = 1");
        run_sql(f, sql);
    }
}

/* ---- The graph as text ------------------------------------------------------------------------------------------- */

/* The text of a graph: "person.notes 3: 4 9\n" for each owner with related rows. */
struct graph {
    FILE *out;
    char *text;
    size_t size;
};

static void begin(struct graph *graph)
{
    graph->out = open_memstream(&graph->text, &graph->size);
    assert_non_null(graph->out);
}

static char *end(struct graph *graph)
{
    fclose(graph->out);
    return graph->text;
}

static const char *key_text(const struct ar_model *model, const void *record, char text[64])
{
    size_t length = 0;
    for (size_t i = 0; i < model->key_count; i++) {
        int64_t part;
        memcpy(&part, (const char *)record + model->columns[model->key[i]].offset, sizeof part);
        length += (size_t)snprintf(text + length, 64 - length, i > 0 ? ",%" PRId64 : "%" PRId64, part);
    }
    return text;
}

/* Add the related rows of one owner. */
static void add_rows(struct graph *graph, const struct ar_relation *relation, const char *owner, void *const *rows,
                     size_t count)
{
    char key[64];
    if (count == 0)
        return;
    fprintf(graph->out, "%s.%s %s:", relation->owner->name, relation->name, owner);
    for (size_t i = 0; i < count; i++)
        fprintf(graph->out, " %s", key_text(relation->target, rows[i], key));
    fprintf(graph->out, "\n");
}

/* The graph that plain SQL found, in the order of the relations and owners. */
static char *expected_text(struct fixture *f, const struct ar_list owners[KINDS])
{
    struct graph graph;
    struct edge_query *q = edge_query(f->s);
    struct edge_list edges;
    begin(&graph);
    edge_order_by(q, ar_asc(edge_column.position));
    ok(f->s, edge_all(q, &edges));
    for (size_t i = 0; i < KINDS; i++) {
        const struct ar_relation *relation = kinds[i].relation;
        char name[64], key[64];
        snprintf(name, sizeof name, "%s.%s", relation->owner->name, relation->name);
        for (size_t j = 0; j < owners[i].count; j++) {
            bool is_first = true;
            key_text(relation->owner, owners[i].items[j], key);
            for (size_t k = 0; k < edges.count; k++) {
                if (strcmp(edges.items[k]->relation, name) != 0 || strcmp(edges.items[k]->owner, key) != 0)
                    continue;
                if (is_first)
                    fprintf(graph.out, "%s %s:", name, key);
                fprintf(graph.out, " %s", edges.items[k]->target);
                is_first = false;
            }
            fputs(is_first ? "" : "\n", graph.out);
        }
    }
    return end(&graph);
}

/* ---- Ways -------------------------------------------------------------------------------------------------------- */

/* Load the owners of each relation, and prepare the relation. */
struct way {
    const char *name;
    void (*load)(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners);
    struct ar_session_options options;
};

static struct ar_query *owners_of(struct ar_session *s, const struct ar_relation *relation)
{
    struct ar_query *q = ar_query_open(s, relation->owner);
    for (size_t i = 0; i < relation->owner->key_count; i++)
        ar_query_order_by(q, ar_order_of(&relation->owner->columns[relation->owner->key[i]], false));
    return q;
}

static void load_lazily(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners)
{
    ok(s, ar_query_all(owners_of(s, relation), owners));
}

static void load_explicitly(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners)
{
    load_lazily(s, relation, owners);
    ok(s, ar_relation_load(s, relation, (const void *const *)owners->items, owners->count));
}

static void load_by_plan(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners,
                         enum ar_plan plan, bool is_deep)
{
    struct ar_query *q = owners_of(s, relation);
    ar_query_plan(q, plan);
    struct ar_query *sub = ar_query_with_relation(q, relation);
    for (size_t i = 0; is_deep && i < relation->target->relation_count; i++)
        (void)ar_query_with_relation(sub, relation->target->relations[i]);
    ok(s, ar_query_all(q, owners));
}

static void load_eagerly(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners)
{
    load_by_plan(s, relation, owners, AR_PLAN_AUTO, false);
}

static void load_in_waves(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners)
{
    load_by_plan(s, relation, owners, AR_PLAN_WAVES, true);
}

static void load_in_one_trip(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners)
{
    load_by_plan(s, relation, owners, AR_PLAN_ONE_TRIP, true);
}

static void load_of_some(struct ar_session *s, const struct ar_relation *relation, struct ar_list *owners)
{
    struct ar_query *q = owners_of(s, relation);
    struct ar_condition some =
        ar_condition_of(AR_OP_GE, &relation->owner->columns[relation->owner->key[0]], ar_value_integer(2));
    ar_query_plan(q, AR_PLAN_ONE_TRIP);
    ar_query_where(q, &some);
    (void)ar_query_with_relation(q, relation);
    ok(s, ar_query_all(q, owners));
    load_lazily(s, relation, owners); /* the rest lazily */
}

static const struct way ways[] = {
    {.name = "lazily", .load = load_lazily},
    {.name = "lazily, small cache", .load = load_lazily, .options = {.cache_max_size = 2}},
    {.name = "lazily, read only", .load = load_lazily, .options = {.read_only = true}},
    {.name = "one by one", .load = load_lazily, .options = {.load_one = true}},
    {.name = "uncached", .load = load_lazily, .options = {.cache_off = true}},
    {.name = "explicitly", .load = load_explicitly, .options = {.strict = true}},
    {.name = "eagerly", .load = load_eagerly, .options = {.strict = true}},
    {.name = "in waves", .load = load_in_waves, .options = {.strict = true}},
    {.name = "in one trip", .load = load_in_one_trip, .options = {.strict = true}},
    {.name = "some in one trip", .load = load_of_some},
};

static void add_by_accessor(struct graph *graph, struct ar_session *s, const struct ar_relation *relation,
                            const void *owner)
{
    struct ar_list list;
    void *record;
    char key[64];
    key_text(relation->owner, owner, key);
    if (is_list(relation)) {
        ok(s, ar_relation_list(s, relation, owner, &list));
        add_rows(graph, relation, key, list.items, list.count);
    } else {
        ok(s, ar_relation_one(s, relation, owner, &record));
        add_rows(graph, relation, key, &record, record != NULL ? 1 : 0);
    }
}

static char *text_by_way(struct fixture *f, const struct way *way)
{
    struct graph graph;
    begin(&graph);
    for (size_t i = 0; i < KINDS; i++) {
        struct ar_list owners;
        reopen_session(f, way->options);
        way->load(f->s, kinds[i].relation, &owners);
        for (size_t j = 0; j < owners.count; j++)
            add_by_accessor(&graph, f->s, kinds[i].relation, owners.items[j]);
    }
    return end(&graph);
}

static void check_text(uint32_t seed, const char *name, char *actual, const char *expected)
{
    if (strcmp(actual, expected) != 0)
        fail_msg("seed %" PRIu32 ", %s:\n%s\nis not\n%s", seed, name, actual, expected);
    free(actual);
}

/* By the query of each record: a relation to one row is the first one of the query. The query has each row once; so has
 * a list, unless it follows others and is not distinct. */
static char *text_by_query(struct fixture *f)
{
    struct graph graph;
    begin(&graph);
    reopen_session(f, (struct ar_session_options){0});
    for (size_t i = 0; i < KINDS; i++) {
        const struct ar_relation *relation = kinds[i].relation;
        struct ar_list owners, list;
        char key[64];
        load_lazily(f->s, relation, &owners);
        for (size_t j = 0; j < owners.count; j++) {
            struct ar_query *q = ar_query_relation(f->s, relation, owners.items[j]);
            if (relation->order == NULL)
                for (size_t part = 0; part < relation->target->key_count; part++)
                    ar_query_order_by(q, ar_order_of(&relation->target->columns[relation->target->key[part]], false));
            if (!is_list(relation))
                ar_query_limit(q, 1);
            ok(f->s, ar_query_all(q, &list));
            if (relation->path_count > 0 && is_list(relation) && !relation->is_distinct)
                ok(f->s, ar_relation_list(f->s, relation, owners.items[j], &list));
            add_rows(&graph, relation, key_text(relation->owner, owners.items[j], key), list.items, list.count);
        }
    }
    return end(&graph);
}

/* Return how many of the related rows have a first key of at least `least`. */
static int64_t count_by_accessor(struct ar_session *s, const struct ar_relation *relation, const void *owner,
                                 int64_t least)
{
    const struct ar_column *key = &relation->target->columns[relation->target->key[0]];
    struct ar_list list = {NULL, 0};
    void *record = NULL;
    int64_t count = 0, part;
    if (is_list(relation))
        ok(s, ar_relation_list(s, relation, owner, &list));
    else
        ok(s, ar_relation_one(s, relation, owner, &record));
    for (size_t i = 0; i < list.count + (record != NULL); i++) {
        memcpy(&part, (const char *)(record != NULL ? record : list.items[i]) + key->offset, sizeof part);
        count += part >= least;
    }
    return count;
}

/* The conditions that there are `number` related rows with such a key: as a number, and as existence. The last number
 * stands for all greater ones. */
static void check_condition(struct fixture *f, const struct ar_relation *relation, const struct ar_list *owners,
                            int64_t least, int64_t number)
{
    enum { LAST = 4 };
    const struct ar_column *key = &relation->target->columns[relation->target->key[0]];
    struct ar_condition operand = ar_condition_of(AR_OP_GE, key, ar_value_integer(least));
    struct ar_condition exact = ar_has_count(relation, number < LAST ? AR_EQ : AR_GE, number, &operand);
    struct ar_condition has = ar_has(relation, &operand), any = number > 0 ? has : ar_not(has);
    struct ar_query *q = owners_of(f->s, relation);
    struct ar_list found;
    size_t next = 0;
    ar_query_where(q, &exact);
    ar_query_where(q, &any);
    ok(f->s, ar_query_all(q, &found));
    for (size_t i = 0; i < owners->count; i++) {
        int64_t count = count_by_accessor(f->s, relation, owners->items[i], least);
        if (number < LAST ? count == number : count >= number)
            assert_ptr_equal(next < found.count ? found.items[next++] : NULL, owners->items[i]);
    }
    assert_int_equal(next, found.count);
}

static void check_conditions(struct fixture *f, const struct ar_relation *relation)
{
    struct ar_list owners;
    load_lazily(f->s, relation, &owners);
    for (int64_t number = 0; number <= 4; number++)
        check_condition(f, relation, &owners, number % 2 == 0 ? 0 : 3, number);
}

static void test_s216_the_same_graph(void **state)
{
    struct fixture *f = *state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct ar_list owners[KINDS];
        write_rows(f, seed);
        find_edges(f);
        reopen_session(f, (struct ar_session_options){0});
        for (size_t i = 0; i < KINDS; i++)
            load_lazily(f->s, kinds[i].relation, &owners[i]);
        char *expected = expected_text(f, owners);
        for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
            check_text(seed, ways[i].name, text_by_way(f, &ways[i]), expected);
        check_text(seed, "by query", text_by_query(f), expected);
        for (size_t i = 0; i < KINDS; i++)
            check_conditions(f, kinds[i].relation);
        free(expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_s216_every_relation),
        scenario(test_s216_the_same_graph, open_kinds),
    };
    return cmocka_run_group_tests_name("kinds", tests, NULL, NULL);
}
