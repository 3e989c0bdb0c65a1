/* One implementation of a workload: by hand with sqlite3 or libpq, or with Armature.
 *
 * Only `load` is timed; it leaves the rows in memory in the form a program would use. `checksum` then reads these rows
 * to check that all sides have the same data. */
#ifndef BENCH_SIDE_H
#define BENCH_SIDE_H

#include <stddef.h>
#include <stdint.h>

struct side {
    const char *name;
    void *(*open)(const char *url, size_t size); /* size: number of rows, or of parents in a tree */
    void (*close)(void *state);
    void (*prepare)(void *state); /* called before each load, not timed; or NULL */
    void (*load)(void *state);
    uint64_t (*checksum)(void *state);
};

/* Hand-written, on SQLite. */
extern const struct side sqlite_find, sqlite_users, sqlite_posts, sqlite_lazy, sqlite_belongs_to_join,
    sqlite_belongs_to_batch;
extern const struct side sqlite_tree, sqlite_tree_scan, sqlite_tree_loop, sqlite_levels, sqlite_diesel;
extern const struct side sqlite_lines, sqlite_sorted;
extern const struct side sqlite_stream, sqlite_stream_by_keys;
extern const struct side sqlite_nodes, sqlite_nodes_by_key;
extern const struct side sqlite_notices, sqlite_notices_join, sqlite_notices_one_by_one;
extern const struct side sqlite_counts, sqlite_counts_grouped;
extern const struct side sqlite_through, sqlite_many_to_many;
extern const struct side sqlite_texts, sqlite_fan, sqlite_sparse, sqlite_shelves, sqlite_books;
extern const struct side sqlite_sessions, sqlite_lazy_requests, sqlite_few, sqlite_pages;
extern const struct side sqlite_revised, sqlite_revised_ordered, sqlite_shuffled, sqlite_shuffled_ordered;
extern const struct side sqlite_many, sqlite_marks;
extern const struct side sqlite_insert_many, sqlite_insert, sqlite_update, sqlite_delete;

/* Hand-written, on PostgreSQL. */
extern const struct side postgresql_find, postgresql_users, postgresql_posts, postgresql_users_single_row;
extern const struct side postgresql_belongs_to_join, postgresql_belongs_to_batch;
extern const struct side postgresql_tree, postgresql_tree_join, postgresql_tree_scan, postgresql_tree_loop;
extern const struct side postgresql_levels, postgresql_levels_in_sequence, postgresql_levels_in_one_trip;
extern const struct side postgresql_users_chunks; /* if libpq has LIBPQ_HAS_CHUNK_MODE */
extern const struct side postgresql_fan, postgresql_fan_single_row;
extern const struct side postgresql_revised, postgresql_revised_ordered;
extern const struct side postgresql_shuffled, postgresql_shuffled_ordered;
extern const struct side postgresql_sessions, postgresql_lazy_requests, postgresql_few;
extern const struct side postgresql_pages, postgresql_pages_in_one_trip;
extern const struct side postgresql_lists, postgresql_lists_with_kept_plans;
extern const struct side postgresql_many, postgresql_marks;
extern const struct side postgresql_lines, postgresql_sorted;
extern const struct side postgresql_stream, postgresql_stream_chunks;
extern const struct side postgresql_nodes, postgresql_nodes_by_key;
extern const struct side postgresql_notices, postgresql_notices_join;
extern const struct side postgresql_counts, postgresql_counts_grouped;
extern const struct side postgresql_through, postgresql_many_to_many;
extern const struct side postgresql_through_links, postgresql_many_to_many_links;
extern const struct side postgresql_diesel, postgresql_diesel_by_keys;
extern const struct side postgresql_insert_unnest, postgresql_insert_copy;
extern const struct side postgresql_insert, postgresql_update, postgresql_delete;

/* Armature, on SQLite or PostgreSQL. */
extern const struct side armature_find, armature_users, armature_users_read_only, armature_lazy, armature_belongs_to;
extern const struct side armature_posts, armature_posts_read_only;
extern const struct side armature_tree, armature_tree_read_only, armature_levels, armature_diesel;
extern const struct side armature_rows, armature_lines, armature_sorted;
extern const struct side armature_counts, armature_stream, armature_nodes;
extern const struct side armature_notices, armature_through, armature_many_to_many;
extern const struct side armature_texts, armature_fan, armature_sparse, armature_shelves, armature_books;
extern const struct side armature_sessions, armature_lazy_requests, armature_few, armature_pages;
extern const struct side armature_revised, armature_shuffled, armature_lists, armature_many;
extern const struct side armature_marks, armature_marks_read_only;
extern const struct side armature_levels_settled;
extern const struct side armature_insert_many, armature_insert, armature_update, armature_delete;

/* Armature with a fixed plan for trees. */
extern const struct side armature_tree_waves, armature_tree_one_trip, armature_levels_waves, armature_levels_one_trip;

#endif
