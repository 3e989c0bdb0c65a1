/* Writes with Armature, as in user code. */
#include "armature_side.h"
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "side.h"

/* ar_execute() makes a session forget what it has prepared, and a PRAGMA its connection, which the hand-written side
 * keeps: empty the table with a separate session. */
static void empty_table(struct armature_side *side)
{
    if (side->sweeper == NULL)
        side->sweeper = armature_open(side->url, 0);
    armature_check(side->sweeper,
                   ar_execute(side->sweeper->session, side->is_sqlite ? DATA_EMPTY_SQLITE : DATA_EMPTY_POSTGRESQL));
}

static void writes_prepare(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    empty_table(side);
    if (side->drafts == NULL) {
        side->drafts = bench_allocate(side->size, sizeof *side->drafts);
        side->records = bench_allocate(side->size, sizeof(struct draft *));
    }
    data_fill_drafts(side->drafts, side->size);
}

static uint64_t sum_drafts(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->size; i++)
        sum = checksum_draft(sum, &side->drafts[i]);
    return sum;
}

static void insert_many_load(void *state)
{
    struct armature_side *side = state;
    armature_check(side, draft_insert_many(side->session, side->drafts, side->size));
}

const struct side armature_insert_many = {"Armature",     armature_open,    armature_close,
                                          writes_prepare, insert_many_load, sum_drafts};

static void insert_load(void *state)
{
    struct armature_side *side = state;
    armature_check(side, ar_begin(side->session));
    for (size_t i = 0; i < side->size; i++)
        armature_check(side, draft_save(side->session, &side->drafts[i]));
    armature_check(side, ar_commit(side->session));
}

const struct side armature_insert = {"Armature",     armature_open, armature_close,
                                     writes_prepare, insert_load,   sum_drafts};

/* Load the records to change, so that they belong to the session as in a typical program. */
static void change_prepare(void *state)
{
    struct armature_side *side = state;
    struct draft_list drafts;
    writes_prepare(side);
    armature_check(side, draft_insert_many(side->session, side->drafts, side->size));
    ar_session_clear(side->session);
    struct draft_query *query = draft_query(side->session);
    draft_order_by(query, ar_asc(draft_column.id));
    armature_check(side, draft_all(query, &drafts));
    for (size_t i = 0; i < side->size; i++)
        side->records[i] = drafts.items[i];
}

static uint64_t sum_records(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->size; i++)
        sum = checksum_draft(sum, side->records[i]);
    return sum;
}

static void update_load(void *state)
{
    struct armature_side *side = state;
    armature_check(side, ar_begin(side->session));
    for (size_t i = 0; i < side->size; i++) {
        side->records[i]->views++;
        armature_check(side, draft_update(side->session, side->records[i]));
    }
    armature_check(side, ar_commit(side->session));
}

const struct side armature_update = {"Armature",     armature_open, armature_close,
                                     change_prepare, update_load,   sum_records};

static void delete_load(void *state)
{
    struct armature_side *side = state;
    armature_check(side, ar_begin(side->session));
    for (size_t i = 0; i < side->size; i++)
        armature_check(side, draft_delete(side->session, side->records[i]));
    armature_check(side, ar_commit(side->session));
}

const struct side armature_delete = {"Armature",     armature_open, armature_close,
                                     change_prepare, delete_load,   sum_records};
