/* The observed times of trees, and the plan that follows from them. */
#include "read/tree_history.h"

#include "base/hash.h"

#include <stdatomic.h>
#include <stdlib.h>

/* What was observed of a shape in one plan. */
struct observation {
    _Atomic uint32_t runs; /* their number, up to WARM */
    _Atomic uint32_t work; /* nanoseconds per row, without round trips */
    _Atomic uint32_t idle; /* runs in the other plan since the last one in this plan */
};

struct entry {
    _Atomic uint64_t shape;
    _Atomic uint32_t rows; /* of a run, on average */
    struct observation waves, one_trip;
};

enum { ENTRIES = 256 };

struct tree_history {
    struct entry entries[ENTRIES];
};

/* The first run of a plan is not observed: it prepares statements. */
enum { WARM = 2 };

/* Microseconds of a round trip from which a tree that was never observed takes one trip. For 1,000 parents, whose
 * children are found without an index, both plans take the same time at 5 to 20 ms. */
enum { EXPENSIVE_ROUND_TRIP = 10000 };

/* Microseconds of a round trip below which no tree takes one trip. A round trip to the same machine takes 30, and a few
 * times as long while its processors are busy. Then the work decides how much all threads get done together, and what a
 * single run takes says little about it: one trip can cost the server twice as much for a tree of 10 users with their
 * posts, because PostgreSQL plans its statements again for each range of users. */
enum { CHEAP_ROUND_TRIP = 250 };

/* ---- Shapes ------------------------------------------------------------------------------------------------------ */

static uint64_t add_to_shape(uint64_t shape, uint64_t part)
{
    return ar_hash_fold(shape ^ part, AR_HASH_GOLDEN);
}

static uint64_t add_conditions(uint64_t shape, const struct ar_query *q)
{
    for (const struct query_condition *each = q->conditions; each != NULL; each = each->next) {
        shape = add_to_shape(shape, each->terms[0].op + 1);
        shape = add_to_shape(shape, (uintptr_t)each->terms[0].column);
    }
    return shape;
}

/* Queries of the same models, relations and conditions have the same shape, whatever values they compare with. */
static uint64_t shape_of(const struct tree *tree)
{
    uint64_t shape = add_to_shape(1, (uintptr_t)tree->nodes[0].q->model);

    for (size_t i = 0; i < tree->node_count; i++) {
        const struct node *node = &tree->nodes[i];
        shape = add_to_shape(shape, (uintptr_t)node->q->relation);
        shape = add_to_shape(shape, node->parent != NULL ? (uint64_t)(node->parent - tree->nodes) : 0);
        shape = add_conditions(shape, node->q);
    }
    return shape;
}

/* Return the entry of a shape, or NULL. With `is_new`, make one, which may replace that of another shape. */
static struct entry *find_entry(const struct tree *tree, bool is_new)
{
    struct ar_db *db = tree->link->db;
    uint64_t shape = shape_of(tree);
    struct tree_history *history = atomic_load_explicit(&db->tree_history, memory_order_acquire);
    struct tree_history *expected = NULL;
    struct entry *entry;

    if (history == NULL && is_new) {
        history = calloc(1, sizeof *history);
        if (history != NULL && !atomic_compare_exchange_strong(&db->tree_history, &expected, history)) {
            free(history);
            history = expected;
        }
    }
    if (history == NULL)
        return NULL;
    entry = &history->entries[shape % ENTRIES];
    if (atomic_load(&entry->shape) == shape)
        return entry;
    if (!is_new)
        return NULL;
    atomic_store(&entry->waves.runs, 0);
    atomic_store(&entry->one_trip.runs, 0);
    atomic_store(&entry->rows, 0);
    atomic_store(&entry->shape, shape);
    return entry;
}

/* ---- Observations ------------------------------------------------------------------------------------------------ */

/* If all levels take the same time, n of them are n(n+1)/2 in one trip. */
static double repetition(const struct tree *tree)
{
    return (double)(tree->level_count + 1) / 2;
}

/* Return the nanoseconds per row in one plan, which is known from itself or from the other one; 0: neither is known. */
static double work_of(struct observation *plan, struct observation *other, double factor)
{
    if (atomic_load(&plan->runs) == WARM)
        return atomic_load(&plan->work);
    return atomic_load(&other->runs) == WARM ? atomic_load(&other->work) * factor : 0;
}

/* Let an average follow a sample. It follows shorter times faster, because what delays a run is mostly not the plan. */
static uint32_t follow(uint32_t average, double sample)
{
    double next = sample < average ? (average + sample) / 2 : average + (sample - average) / 8;

    return next < UINT32_MAX ? (uint32_t)next : UINT32_MAX;
}

static void observe(struct observation *plan, double work)
{
    uint32_t runs = atomic_load(&plan->runs);

    atomic_store(&plan->idle, 0);
    if (runs == WARM)
        atomic_store(&plan->work, follow(atomic_load(&plan->work), work));
    else if (runs == WARM - 1)
        atomic_store(&plan->work, work < UINT32_MAX ? (uint32_t)work : UINT32_MAX);
    if (runs < WARM)
        atomic_store(&plan->runs, runs + 1);
}

/* Forget a plan that has not run for long, so that it is tried again if its estimate is better. */
static void let_idle(struct observation *plan)
{
    enum { REMEMBERED = 250 };
    uint32_t idle = atomic_load(&plan->idle) + 1;

    if (idle == REMEMBERED && atomic_load(&plan->runs) == WARM)
        atomic_store(&plan->runs, WARM - 1);
    atomic_store(&plan->idle, idle < REMEMBERED ? idle : 0);
}

void ar_tree_note(const struct tree *tree, const struct tree_run *run)
{
    bool in_waves = run->plan == AR_PLAN_WAVES;
    uint64_t on_the_way = run->round_trip * (in_waves ? tree->trip_count : 1);
    uint64_t rows = run->rows > 0 ? run->rows : 1;
    double work = run->microseconds > on_the_way ? (double)(run->microseconds - on_the_way) * 1000 / (double)rows : 0;
    struct entry *entry = find_entry(tree, true);
    uint32_t average;

    if (entry == NULL)
        return;
    average = atomic_load(&entry->rows);
    rows = rows < UINT32_MAX / 2 ? rows : UINT32_MAX / 2;
    atomic_store(&entry->rows, average == 0 ? (uint32_t)rows : (uint32_t)((3 * (uint64_t)average + rows) / 4));
    if (in_waves) {
        observe(&entry->waves, work);
        let_idle(&entry->one_trip);
    } else {
        observe(&entry->one_trip, work);
        let_idle(&entry->waves);
    }
}

/* ---- The choice -------------------------------------------------------------------------------------------------- */

enum ar_plan ar_tree_expect(const struct tree *tree, uint64_t round_trip)
{
    struct entry *entry;
    double waves = 0, one_trip = 0, rows;

    if (round_trip < CHEAP_ROUND_TRIP)
        return AR_PLAN_WAVES;
    entry = find_entry(tree, false);
    if (entry != NULL) {
        waves = work_of(&entry->waves, &entry->one_trip, 1 / repetition(tree));
        one_trip = work_of(&entry->one_trip, &entry->waves, repetition(tree));
    }
    if (waves == 0 && one_trip == 0)
        return round_trip >= EXPENSIVE_ROUND_TRIP ? AR_PLAN_ONE_TRIP : AR_PLAN_WAVES;
    rows = atomic_load(&entry->rows);
    return (one_trip - waves) * rows / 1000 < (double)((tree->trip_count - 1) * round_trip) ? AR_PLAN_ONE_TRIP
                                                                                            : AR_PLAN_WAVES;
}
