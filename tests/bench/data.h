/* The benchmark's database: the same rows on every machine. */
#ifndef BENCH_DATA_H
#define BENCH_DATA_H

enum { USER_COUNT = 10000, POST_COUNT = 100000, PARENT_COUNT = 1000, LAZY_POST_COUNT = 1000 };

/* Both sides run it on their connection: SQLite's own 2 MB would have both wait for the file, not for their code. */
#define DATA_PAGE_CACHE "PRAGMA cache_size = -65536"

/* Creates the file with its tables and rows, over what was there. Ends the program where that fails. */
void data_create(const char *path);

#endif
