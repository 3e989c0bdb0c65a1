/* A load on the issue tracker of many tenants: the data that the processes share, and what each file does.
 *
 * The parent process creates the rows (seed.c), starts the workers (worker.c), and lets the primary fail when all of
 * them are in the middle of their operations (outage.c). A worker runs operations chosen at random (reading.c,
 * writing.c), each on one tenant, and writes a journal of what it was told about its commits. Afterwards the parent
 * compares the rows with the journals (verify.c), and the plans in the servers' logs with the partitions (plans.c).
 *
 * Nothing depends on time: workers and parent wait for each other, by the members of struct stage. */
#ifndef SCALE_H
#define SCALE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "tracker.ar.h"

enum {
    WORKERS = 8,
    READER = WORKERS, /* another process, which reads from the standby during the outage */
    PROCESSES,
    TENANTS = 100,
    BUSY_TENANTS = 4, /* half of all operations are on these */
    PROJECTS = 3,     /* of each tenant, numbered from 1 */
    ISSUES = 12,      /* of each project */
    PEOPLE = 4,
    LABELS = 3, /* of each project */
    KINDS = 3,
    BUDGET = 1000, /* of each project at first */
    BULK = 30,     /* comments of one bulk insert */
    OUTAGE_READS = 50,
    MAX_OPERATIONS = 100000, /* of each worker */
    STATEMENT_BYTES = 1 << 18
};

/* The keys of the rows that exist at first. Workers make keys from FIRST_KEY on. */
#define ISSUE_KEY(project, number) ((project)*100 + (number))
#define LABEL_KEY(project, number) ((project)*10 + (number))
#define FIRST_KEY(worker) (((int64_t)(worker) + 1) * 1000000)

enum phase { BEFORE, DURING, AFTER, PHASES };

enum operation {
    TREE,
    PAGE,
    LAZY,
    COUNT,
    SAVE,
    INSERT,
    TRANSFER,
    BULK_INSERT,
    INCREMENT,
    DELETE,
    LINK,
    READ_OWN_WRITE,
    STANDBY_TREE,
    OPERATIONS
};

/* What a worker knows about a write. */
enum outcome {
    NOT_COMMITTED, /* its status excludes a commit */
    COMMITTED,
    UNKNOWN
};

struct entry {
    enum operation operation;
    enum outcome outcome;
    int64_t tenant_id;
    int64_t id;    /* of the row, or of the first one */
    int64_t other; /* of a link: the label */
};

struct measurement {
    enum operation operation;
    enum phase phase; /* in which it began */
    enum ar_status status;
    uint64_t nanoseconds;
};

/* Written by one worker, and read by the parent when that has ended. */
struct log {
    struct measurement measurements[MAX_OPERATIONS];
    unsigned measurement_count;
    struct entry entries[MAX_OPERATIONS];
    unsigned entry_count;
    char statements[STATEMENT_BYTES]; /* the distinct ones, each with its zero byte */
    size_t statement_bytes;
    char complaint[1024]; /* what went wrong, or "" */
};

struct stage {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    _Atomic enum phase phase;
    unsigned halfway;      /* workers that are in the middle of their operations */
    unsigned outage_reads; /* from the standby, while there was no primary */
    unsigned operations;
    bool has_failover;
    int32_t first_version; /* of the issues that exist at first */
    uint64_t began[PHASES + 1];
    struct log logs[PROCESSES];
};

/* One operation of a worker. */
struct work {
    struct ar_session *s;
    struct ar_session *standby; /* for READ_OWN_WRITE */
    struct entry entry;         /* to be completed by operations that write */
    int64_t tenant_id;
    int64_t next_key;
    uint64_t random;
    int64_t last_issue, last_tenant; /* inserted by this worker, or 0 */
    const char *complaint;           /* what the operation read that it should not have, or NULL */
};

/* Return the next random number, from 0 to `count` - 1. */
unsigned any_of(struct work *work, unsigned count);

uint64_t nanoseconds_now(void);

/* Create the rows. */
enum ar_status seed(struct ar_db *db, int32_t *first_version);

/* Operations that read. */
enum ar_status read_tree(struct work *work);
enum ar_status read_page(struct work *work);
enum ar_status read_lazily(struct work *work);
enum ar_status read_counts(struct work *work);

/* Operations that write. */
enum ar_status save_issue(struct work *work);
enum ar_status insert_issue(struct work *work);
enum ar_status transfer_budget(struct work *work);
enum ar_status insert_comments(struct work *work);
enum ar_status increment_views(struct work *work);
enum ar_status delete_issue(struct work *work);
enum ar_status link_label(struct work *work);
enum ar_status read_own_write(struct work *work);

/* Set the options for the pooler, if the URL leads to one. */
void choose_options(struct ar_db_options *options);

/* Open a session for a tenant, which reads from a standby if there is one and `from_standby` is set. */
enum ar_status open_session(struct ar_db *db, int64_t tenant_id, bool from_standby, struct ar_session **out);

const char *operation_name(enum operation operation);

/* Return memory that is shared with the processes to come. */
struct stage *stage_open(unsigned operations, bool has_failover);
void stage_close(struct stage *stage);

/* Change a number that others wait for. */
void stage_count(struct stage *stage, unsigned *number);
void stage_set_phase(struct stage *stage, enum phase phase);

/* Wait until the number is reached. Return false after two minutes. */
bool stage_await(struct stage *stage, const unsigned *number, unsigned count);
bool stage_await_phase(struct stage *stage, enum phase phase);

/* Be a worker until all operations are done. Return the exit status of the process. */
int work_on(struct stage *stage, unsigned number, const char *url);

#endif
