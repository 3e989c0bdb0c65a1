/* Threads: a read-mostly load, with Armature on a shared pool and by hand. Each operation is a separate unit of work,
 * like a request in a server: 80 % find a user, 10 % load 10 users with their posts, 10 % find, change and save a
 * draft. */
#include "client.h"
#include "data.h"
#include "fail.h"
#include "measure.h"
#include "timing.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { SECONDS = 1, DRAFTS = 1000, TIMES_MAX = 1 << 20 };

/* The work of one thread. Times are in microseconds. */
struct worker {
    pthread_t thread;
    const struct client *client;
    void *state;
    const atomic_bool *stop;
    uint32_t random;
    float *times;
    size_t count;
    int64_t sum; /* of values read, so that the compiler does not remove the reads */
};

static uint32_t draw(struct worker *worker, uint32_t limit)
{
    worker->random = worker->random * 1664525U + 1013904223U;
    return (worker->random >> 8) % limit;
}

/* Waiting for a lock is part of the measured time. Any failure ends the benchmark. */
static void operate(struct worker *worker)
{
    const struct client *client = worker->client;
    uint32_t kind = draw(worker, 10);
    if (kind == 0)
        worker->sum += client->change(worker->state, 1 + draw(worker, DRAFTS));
    else if (kind == 1)
        worker->sum += client->tree(worker->state, 1 + draw(worker, USER_COUNT - CLIENT_TREE_USERS));
    else
        worker->sum += client->find(worker->state, 1 + draw(worker, USER_COUNT));
}

static void *work(void *payload)
{
    struct worker *worker = payload;
    while (!atomic_load_explicit(worker->stop, memory_order_relaxed)) {
        uint64_t start = timing_nanoseconds();
        operate(worker);
        if (worker->count < TIMES_MAX)
            worker->times[worker->count] = (float)(timing_nanoseconds() - start) / 1e3F;
        worker->count++;
    }
    return NULL;
}

/* ---- One number of threads ------------------------------------------------------------------------------------------
 */

struct load {
    double throughput; /* operations per second */
    double median, p99;
};

static void start_workers(struct worker *workers, size_t threads, const struct client *client, const char *url,
                          void *shared, const atomic_bool *stop)
{
    for (size_t i = 0; i < threads; i++) {
        workers[i] = (struct worker){.client = client, .stop = stop, .random = (uint32_t)i * 7919U + 1};
        workers[i].state = client->open(url, shared);
        workers[i].times = bench_allocate(TIMES_MAX, sizeof(float));
    }
    for (size_t i = 0; i < threads; i++)
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            bench_fail("threads", "a thread cannot be started");
}

/* Join the workers; return the number of operations. */
static size_t stop_workers(struct worker *workers, size_t threads)
{
    size_t done = 0;
    for (size_t i = 0; i < threads; i++) {
        if (pthread_join(workers[i].thread, NULL) != 0)
            bench_fail("threads", "a thread cannot be joined");
        done += workers[i].count;
    }
    return done;
}

static void take_times(struct worker *workers, size_t threads, size_t done, struct load *load)
{
    double *times = bench_allocate(done, sizeof *times);
    size_t count = 0;
    for (size_t i = 0; i < threads; i++)
        for (size_t j = 0; j < workers[i].count && j < TIMES_MAX; j++)
            times[count++] = workers[i].times[j];
    load->median = timing_quantile(times, count, 0.5);
    load->p99 = timing_quantile(times, count, 0.99);
    free(times);
}

static struct load load_of(const struct client *client, const char *url, void *shared, size_t threads)
{
    struct worker workers[CLIENTS_MAX];
    struct load load;
    atomic_bool stop = false;
    start_workers(workers, threads, client, url, shared, &stop);
    uint64_t start = timing_nanoseconds();
    (void)nanosleep(&(struct timespec){.tv_sec = SECONDS}, NULL);
    atomic_store(&stop, true);
    size_t done = stop_workers(workers, threads);
    load.throughput = (double)done / ((double)(timing_nanoseconds() - start) / 1e9);
    take_times(workers, threads, done, &load);
    for (size_t i = 0; i < threads; i++) {
        client->close(workers[i].state);
        free(workers[i].times);
    }
    return load;
}

/* ---- The table ------------------------------------------------------------------------------------------------------
 */

/* Insert the drafts to change. */
static void fill_drafts(const struct measurement *measurement)
{
    const struct side *insert = &armature_insert_many;
    void *state = insert->open(measurement->url, DRAFTS);
    insert->prepare(state);
    insert->load(state);
    insert->close(state);
}

static void measure_client(const struct measurement *measurement, const struct client *client)
{
    double alone = 0;
    void *shared = client->open_all(measurement->url);
    for (size_t threads = 1; threads <= CLIENTS_MAX; threads *= 2) {
        struct load load = load_of(client, measurement->url, shared, threads);
        if (threads == 1)
            alone = load.throughput;
        report_print(measurement->report, "| %s | %zu | %.0f | %.2f | %.0f µs | %.0f µs |\n", client->name, threads,
                     load.throughput, load.throughput / alone, load.median, load.p99);
    }
    client->close_all(shared);
}

bool measure_threads(const struct measurement *measurement)
{
    if (!measure_wants(measurement, "threads"))
        return true;
    fill_drafts(measurement);
    report_print(measurement->report,
                 "\n| %s | threads | operations a second | times one thread's | median | p99 |\n"
                 "|---|---|---|---|---|---|\n",
                 database_name(measurement->database));
    measure_client(measurement, measurement->database == SQLITE ? &client_sqlite : &client_postgresql);
    measure_client(measurement, &client_armature);
    return true;
}
