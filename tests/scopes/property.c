/* A property of all relations of this folder: on random rows, whatever loads a relation (each record alone, all
 * siblings, eagerly in both plans, explicitly, or by its query) finds the rows that a search through all rows in C
 * finds, in the same order. ARMATURE_TEST_SEED=n repeats one run. */
#include "support.h"

#include "reference.ar.h"
#include "scope.ar.h"
#include "subject.ar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 8, ROWS = 24, TEXT_SIZE = 2048 };

/* ---- Random rows ------------------------------------------------------------------------------------------------- */

struct world {
    struct writer writers[ROWS];
    struct article articles[ROWS];
    struct remark remarks[ROWS];
    struct room rooms[ROWS];
    struct task tasks[ROWS];
    struct client clients[ROWS];
    struct letter letters[ROWS];
    struct call calls[ROWS];
    struct visit visits[ROWS];
    struct story stories[ROWS];
    struct photo photos[ROWS];
    struct video videos[ROWS];
    struct note notes[ROWS];
    struct mark marks[ROWS];
    struct seat seats[ROWS];
    struct stand stands[ROWS];
    struct ticket tickets[ROWS];
    struct fan fans[ROWS];
    char emails[ROWS][16], names[ROWS][8];
    uint64_t random;
};

static struct world world;

static int draw(int below)
{
    world.random = world.random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((world.random >> 33) % (uint64_t)below);
}

static const char *draw_text(const char *a, const char *b, const char *c)
{
    int which = draw(3);
    return which == 0 ? a : which == 1 ? b : c;
}

static void draw_articles(int i)
{
    world.writers[i] = (struct writer){.name = "w", .is_active = draw(2) == 0};
    world.articles[i] = (struct article){.writer_id = draw(ROWS / 3),
                                         .title = "t",
                                         .status = draw_text("published", "draft", "published"),
                                         .views = draw(20),
                                         .published_at = draw(5)};
    world.remarks[i] = (struct remark){.article_id = 1 + draw(ROWS / 3), .votes = draw(4)};
    world.rooms[i] = (struct room){.house_id = 1 + i / 4, .number = 1 + i % 4};
    world.tasks[i] =
        (struct task){.house_id = 1 + draw(ROWS / 4), .room_number = 1 + draw(4), .done = draw(2) == 0, .due = draw(6)};
}

static void draw_clients(int i)
{
    int client = draw(ROWS), visited = draw(ROWS);
    snprintf(world.emails[i], sizeof world.emails[i], "c%d@x", i);
    snprintf(world.names[i], sizeof world.names[i], "k%d", i % 5);
    world.clients[i] = (struct client){
        .email = world.emails[i], .number = i % 3 == 0 ? 0 : 100 - i, .tenant_id = 1 + i / 5, .name = "c"};
    memcpy(world.clients[i].code, world.names[i], sizeof world.names[i]);
    world.letters[i].client_email = draw(4) == 0 ? NULL : world.emails[client];
    snprintf(world.emails[client], sizeof world.emails[client], "c%d@x", client);
    world.calls[i].client_number = client % 3 == 0 ? 0 : 100 - client;
    snprintf(world.names[visited], sizeof world.names[visited], "k%d", visited % 5);
    world.visits[i] = (struct visit){.tenant_id = 1 + visited / 5, .client_code = world.names[visited]};
}

static void draw_subjects(int i)
{
    world.stories[i].title = "s";
    world.photos[i].file = world.videos[i].file = "f";
    world.notes[i] = (struct note){.subject_type = draw(5) == 0 ? NULL : draw_text("story", "photo", "video"),
                                   .subject_id = draw(ROWS / 3),
                                   .votes = draw(3)};
    world.marks[i] = (struct mark){.kind = (int16_t)draw(3), .thing_id = 1 + draw(ROWS / 3)};
    snprintf(world.seats[i].row, sizeof world.seats[i].row, "r%d", i % 3);
    snprintf(world.stands[i].area, sizeof world.stands[i].area, "r%d", i % 3);
    world.seats[i].hall = world.stands[i].hall = 1 + i / 3;
    world.tickets[i] = (struct ticket){.hall = 1 + draw(ROWS / 3), .name = draw_text("r0", "r1", "r2")};
    if (draw(5) > 0)
        memcpy(world.tickets[i].place_type, draw(2) == 0 ? "Seat\0\0\0" : "O'Hall\0", 8);
    world.fans[i] = (struct fan){.name = "f", .has_photo = draw(2) == 0};
    *(world.fans[i].has_photo ? &world.fans[i].photo_id : &world.fans[i].story_id) = 1 + draw(ROWS / 3);
}

/* The rows of each model, parents first. */
static const struct rows {
    const struct ar_model *model;
    void *records;
} all_rows[] = {
    {&writer_model, world.writers}, {&article_model, world.articles}, {&remark_model, world.remarks},
    {&room_model, world.rooms},     {&task_model, world.tasks},       {&client_model, world.clients},
    {&letter_model, world.letters}, {&call_model, world.calls},       {&visit_model, world.visits},
    {&story_model, world.stories},  {&photo_model, world.photos},     {&video_model, world.videos},
    {&note_model, world.notes},     {&mark_model, world.marks},       {&seat_model, world.seats},
    {&stand_model, world.stands},   {&ticket_model, world.tickets},   {&fan_model, world.fans},
};

enum { MODELS = sizeof all_rows / sizeof *all_rows };

static const char *rows_of(const struct ar_model *model)
{
    for (size_t i = 0; i < MODELS; i++)
        if (all_rows[i].model == model)
            return all_rows[i].records;
    return NULL;
}

/* Number the rows from 1, because foreign keys refer to these numbers. */
static void set_ids(const struct rows *rows)
{
    const struct ar_column *key = &rows->model->columns[rows->model->key[0]];
    for (int64_t i = 0; i < ROWS && (key->flags & AR_COLUMN_GENERATED) != 0; i++) {
        int64_t id = i + 1;
        memcpy((char *)rows->records + (size_t)i * rows->model->size + key->offset, &id, sizeof id);
    }
}

static void given_random_rows(struct fixture *f, uint64_t seed)
{
    world = (struct world){.random = seed};
    for (int i = 0; i < ROWS; i++) {
        draw_articles(i);
        draw_clients(i);
        draw_subjects(i);
    }
    for (size_t i = MODELS; i-- > 0;) {
        char sql[64];
        snprintf(sql, sizeof sql, "DELETE FROM %s", all_rows[i].model->sql);
        run_sql(f, sql);
    }
    for (size_t i = 0; i < MODELS; i++) {
        set_ids(&all_rows[i]);
        ok(f->other, ar_record_insert_many(f->other, all_rows[i].model, all_rows[i].records, ROWS));
        ar_session_clear(f->other);
    }
}

/* ---- What belongs to what ---------------------------------------------------------------------------------------- */

#define BELONGS(name, owner, target, condition)                                                                        \
    static bool name(const void *a, const void *b)                                                                     \
    {                                                                                                                  \
        const struct owner *o = a;                                                                                     \
        const struct target *t = b;                                                                                    \
        return condition;                                                                                              \
    }

#define SAME(a, b) ((a) != NULL && (b) != NULL && strcmp((a), (b)) == 0)

BELONGS(is_article, writer, article, t->writer_id == o->id)
BELONGS(is_published, writer, article, t->writer_id == o->id && SAME(t->status, "published"))
BELONGS(is_best, writer, article, t->writer_id == o->id && SAME(t->status, "published") && t->views >= 10)
BELONGS(is_writer, article, writer, o->writer_id == t->id)
BELONGS(is_active_writer, article, writer, o->writer_id == t->id && t->is_active)
BELONGS(is_remark, article, remark, t->article_id == o->id)
BELONGS(is_open_task, room, task, t->house_id == o->house_id && t->room_number == o->number && !t->done)
BELONGS(is_letter, client, letter, SAME(t->client_email, o->email))
BELONGS(is_call, client, call, t->client_number != 0 && t->client_number == o->number)
BELONGS(is_visit, client, visit, t->tenant_id == o->tenant_id && SAME(t->client_code, o->code))
BELONGS(is_letter_client, letter, client, SAME(o->client_email, t->email))
BELONGS(is_call_client, call, client, o->client_number != 0 && o->client_number == t->number)
BELONGS(is_visit_client, visit, client, o->tenant_id == t->tenant_id && SAME(o->client_code, t->code))
BELONGS(is_story_note, story, note, SAME(t->subject_type, "story") && t->subject_id == o->id)
BELONGS(is_good_note, story, note, SAME(t->subject_type, "story") && t->subject_id == o->id && t->votes > 0)
BELONGS(is_photo_note, photo, note, SAME(t->subject_type, "photo") && t->subject_id == o->id)
BELONGS(is_note_story, note, story, SAME(o->subject_type, "story") && o->subject_id == t->id)
BELONGS(is_note_video, note, video, SAME(o->subject_type, "video") && o->subject_id == t->id)
BELONGS(is_photo_mark, photo, mark, t->kind == 2 && t->thing_id == o->id)
BELONGS(is_mark_story, mark, story, o->kind == 1 && o->thing_id == t->id)
BELONGS(is_seat_ticket, seat, ticket, SAME(t->place_type, "Seat") && t->hall == o->hall && SAME(t->name, o->row))
BELONGS(is_ticket_stand, ticket, stand, SAME(o->place_type, "O'Hall") && o->hall == t->hall && SAME(o->name, t->area))
BELONGS(is_photo_fan, photo, fan, t->has_photo && t->photo_id == o->id)
BELONGS(is_fan_story, fan, story, !o->has_photo && o->story_id == t->id)

BELONGS(is_fellow, note, note,
        SAME(o->subject_type, "story") && SAME(t->subject_type, "story") && o->subject_id != 0 &&
            o->subject_id == t->subject_id)

/* A story is reached through its own notes, if it has any. */
static bool is_itself(const void *owner, const void *target)
{
    for (size_t i = 0; i < ROWS; i++)
        if (owner == target && is_story_note(owner, &world.notes[i]))
            return true;
    return false;
}

#define BEFORE(name, type, condition)                                                                                  \
    static bool name(const void *left, const void *right)                                                              \
    {                                                                                                                  \
        const struct type *a = left, *b = right;                                                                       \
        return condition;                                                                                              \
    }

BEFORE(is_newer, article, a->published_at != b->published_at ? a->published_at > b->published_at : a->id < b->id)
BEFORE(is_latest, article, a->published_at != b->published_at ? a->published_at > b->published_at : a->id > b->id)
BEFORE(is_better, article, a->views != b->views ? a->views > b->views : a->id > b->id)
BEFORE(has_more_votes, remark, a->votes != b->votes ? a->votes > b->votes : a->id > b->id)
BEFORE(is_due_earlier, task, a->due != b->due ? a->due < b->due : a->id < b->id)
BEFORE(is_later_call, call, a->id > b->id)
BEFORE(is_better_note, note, a->votes != b->votes ? a->votes > b->votes : a->id > b->id)
BEFORE(is_later_note, note, a->id > b->id)

/* A relation, and what it must contain; by primary key, which is the order of the rows, unless there is an order. */
static const struct property {
    const struct ar_relation *relation;
    bool (*belongs)(const void *owner, const void *target);
    bool (*is_before)(const void *a, const void *b);
} properties[] = {
    {&writer_articles_relation, is_article, NULL},
    {&writer_published_relation, is_published, is_newer},
    {&writer_latest_relation, is_article, is_latest},
    {&writer_best_relation, is_best, is_better},
    {&article_writer_relation, is_writer, NULL},
    {&article_active_writer_relation, is_active_writer, NULL},
    {&article_remarks_relation, is_remark, has_more_votes},
    {&article_top_remark_relation, is_remark, has_more_votes},
    {&room_open_tasks_relation, is_open_task, is_due_earlier},
    {&room_next_task_relation, is_open_task, is_due_earlier},
    {&client_letters_relation, is_letter, NULL},
    {&client_calls_relation, is_call, NULL},
    {&client_last_call_relation, is_call, is_later_call},
    {&client_visits_relation, is_visit, NULL},
    {&letter_client_relation, is_letter_client, NULL},
    {&letter_few_client_relation, is_letter_client, NULL},
    {&call_client_relation, is_call_client, NULL},
    {&visit_client_relation, is_visit_client, NULL},
    {&story_notes_relation, is_story_note, NULL},
    {&story_good_notes_relation, is_good_note, is_better_note},
    {&story_last_note_relation, is_story_note, is_later_note},
    {&photo_notes_relation, is_photo_note, NULL},
    {&note_subject_story_relation, is_note_story, NULL},
    {&note_subject_video_relation, is_note_video, NULL},
    {&photo_marks_relation, is_photo_mark, NULL},
    {&mark_thing_story_relation, is_mark_story, NULL},
    {&seat_tickets_relation, is_seat_ticket, NULL},
    {&ticket_place_stand_relation, is_ticket_stand, NULL},
    {&photo_likes_relation, is_photo_fan, NULL},
    {&fan_story_relation, is_fan_story, NULL},
    {&note_fellows_relation, is_fellow, NULL},
    {&story_itself_relation, is_itself, NULL},
};

/* ---- Graphs as strings ------------------------------------------------------------------------------------------- */

static void add_key(char *text, const struct ar_model *model, const void *record)
{
    for (size_t i = 0; i < model->key_count; i++) {
        const struct ar_column *column = &model->columns[model->key[i]];
        const char *field = (const char *)record + column->offset;
        size_t length = strlen(text);
        int64_t number;
        memcpy(&number, field, column->type == AR_TYPE_INT64 ? sizeof number : 0);
        if (column->type == AR_TYPE_INT64)
            snprintf(text + length, TEXT_SIZE - length, "%s%d", i > 0 ? "/" : " ", (int)number);
        else
            snprintf(text + length, TEXT_SIZE - length, "/%s", field);
    }
}

static bool is_list(const struct ar_relation *relation)
{
    return relation->kind == AR_RELATION_HAS_MANY || relation->kind == AR_RELATION_HAS_MANY_THROUGH;
}

/* Write the owner and its related rows, found by looking at all rows. */
static void search(const struct property *property, const void *owner, char *text)
{
    const struct ar_model *target = property->relation->target;
    const char *found[ROWS];
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        const char *row = rows_of(target) + i * target->size;
        size_t at = count;
        if (!property->belongs(owner, row))
            continue;
        for (; property->is_before != NULL && at > 0 && property->is_before(row, found[at - 1]); at--)
            found[at] = found[at - 1];
        found[at] = row;
        count++;
    }
    add_key(text, property->relation->owner, owner);
    strcat(text, ":");
    for (size_t i = 0; i < count && (i == 0 || is_list(property->relation)); i++)
        add_key(text, target, found[i]);
    strcat(text, "\n");
}

/* Write the same from the relation. */
static void access_relation(struct ar_session *s, const struct ar_relation *relation, const void *owner, char *text)
{
    struct ar_list list = {0};
    void *record = NULL;
    if (is_list(relation))
        ok(s, ar_relation_list(s, relation, owner, &list));
    else
        ok(s, ar_relation_one(s, relation, owner, &record));
    add_key(text, relation->owner, owner);
    strcat(text, ":");
    for (size_t i = 0; i < list.count; i++)
        add_key(text, relation->target, list.items[i]);
    if (record != NULL)
        add_key(text, relation->target, record);
    strcat(text, "\n");
}

/* ---- Ways to load ------------------------------------------------------------------------------------------------ */

static struct ar_query *all_owners(struct ar_session *s, const struct ar_model *model)
{
    struct ar_query *query = ar_query_open(s, model);
    for (size_t i = 0; i < model->key_count; i++)
        ar_query_order_by(query, (struct ar_order){.column = &model->columns[model->key[i]]});
    return query;
}

static void access_all(struct ar_session *s, const struct ar_relation *relation, struct ar_list owners, char *text)
{
    text[0] = '\0';
    for (size_t i = 0; i < owners.count; i++)
        access_relation(s, relation, owners.items[i], text);
}

static void load_lazily(struct fixture *f, const struct ar_relation *relation, char *text)
{
    struct ar_list owners;
    ok(f->s, ar_query_all(all_owners(f->s, relation->owner), &owners));
    access_all(f->s, relation, owners, text);
}

static void load_one_by_one(struct fixture *f, const struct ar_relation *relation, char *text)
{
    const struct ar_model *model = relation->owner;
    text[0] = '\0';
    for (size_t i = 0; i < ROWS; i++)
        access_relation(f->s, relation, rows_of(model) + i * model->size, text);
}

static void load_eagerly(struct fixture *f, const struct ar_relation *relation, enum ar_plan plan, char *text)
{
    struct ar_list owners;
    struct ar_query *query = all_owners(f->s, relation->owner);
    ar_query_plan(query, plan);
    (void)ar_query_with_relation(query, relation);
    ok(f->s, ar_query_all(query, &owners));
    reset_statements(f);
    access_all(f->s, relation, owners, text);
    assert_statements(f, 0);
}

static void load_by_levels(struct fixture *f, const struct ar_relation *relation, char *text)
{
    load_eagerly(f, relation, AR_PLAN_WAVES, text);
}

static void load_in_one_trip(struct fixture *f, const struct ar_relation *relation, char *text)
{
    load_eagerly(f, relation, AR_PLAN_ONE_TRIP, text);
}

static void load_some_in_one_trip(struct fixture *f, const struct ar_relation *relation, char *text)
{
    struct ar_list owners;
    struct ar_query *query = all_owners(f->s, relation->owner);
    ar_query_plan(query, AR_PLAN_ONE_TRIP);
    ar_query_limit(query, ROWS);
    (void)ar_query_with_relation(query, relation);
    ok(f->s, ar_query_all(query, &owners));
    access_all(f->s, relation, owners, text);
}

static void load_explicitly(struct fixture *f, const struct ar_relation *relation, char *text)
{
    struct ar_list owners;
    ok(f->s, ar_query_all(all_owners(f->s, relation->owner), &owners));
    ok(f->s, ar_relation_load(f->s, relation, (const void *const *)owners.items, owners.count));
    reset_statements(f);
    access_all(f->s, relation, owners, text);
    assert_statements(f, 0);
}

static void load_by_query(struct fixture *f, const struct ar_relation *relation, char *text)
{
    const struct ar_model *model = relation->owner;
    text[0] = '\0';
    for (size_t i = 0; i < ROWS; i++) {
        const void *owner = rows_of(model) + i * model->size;
        struct ar_list list;
        struct ar_query *q = ar_query_relation(f->s, relation, owner);
        if (relation->order == NULL)
            by_key(q, relation->target);
        ok(f->s, ar_query_all(q, &list));
        add_key(text, model, owner);
        strcat(text, ":");
        for (size_t j = 0; j < list.count && (j == 0 || is_list(relation)); j++)
            add_key(text, relation->target, list.items[j]);
        strcat(text, "\n");
    }
}

static const struct way {
    const char *name;
    void (*load)(struct fixture *f, const struct ar_relation *relation, char *text);
} ways[] = {
    {"one by one", load_one_by_one},
    {"all siblings", load_lazily},
    {"level by level", load_by_levels},
    {"in one trip", load_in_one_trip},
    {"in one trip, of a limited query", load_some_in_one_trip},
    {"explicitly", load_explicitly},
    {"by query", load_by_query},
};

/* ---- The property ------------------------------------------------------------------------------------------------ */

static void check_property(struct fixture *f, const struct property *property, uint64_t seed)
{
    static char expected[TEXT_SIZE], actual[TEXT_SIZE];
    const struct ar_relation *relation = property->relation;
    expected[0] = '\0';
    for (size_t i = 0; i < ROWS; i++)
        search(property, rows_of(relation->owner) + i * relation->owner->size, expected);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        ar_session_clear(f->s);
        ways[i].load(f, relation, actual);
        if (strcmp(actual, expected) != 0)
            fail_msg("seed %llu: %s.%s, loaded %s:\n%s\ninstead of:\n%s", (unsigned long long)seed,
                     relation->owner->name, relation->name, ways[i].name, actual, expected);
    }
}

static void test_property(void **state)
{
    struct fixture *f = *state;
    const char *chosen = getenv("ARMATURE_TEST_SEED");
    uint64_t first = chosen != NULL ? strtoull(chosen, NULL, 10) : 1;
    for (uint64_t seed = first; seed < first + (chosen != NULL ? 1 : RUNS); seed++) {
        given_random_rows(f, seed);
        for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
            check_property(f, &properties[i], seed);
    }
}

static int open_all(void **state)
{
    return fixture_open(state, &writer_model, &article_model, &remark_model, &room_model, &task_model, &client_model,
                        &letter_model, &call_model, &visit_model, &story_model, &photo_model, &video_model, &note_model,
                        &mark_model, &seat_model, &stand_model, &ticket_model, &fan_model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_property, open_all, fixture_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
