/* The benchmark's rows: the same on every machine and in every database. */
#ifndef BENCH_DATA_H
#define BENCH_DATA_H

#include "blog.h"

#include <stddef.h>

enum {
    USER_COUNT = 10000,
    POST_COUNT = 100000,  /* 10 per user */
    COMMENTS_OF_EACH = 5, /* per post */
    COMMENT_COUNT = 500000,
    AUTHOR_COUNT = 100,
    ARTICLE_COUNT = 1000, /* 10 per author */
    REMARK_COUNT = 10000, /* 10 per article */
    TAG_COUNT = 500,
    TAGGED_POSTS = 1000,  /* the first ones, with 10 tags each */
    NOTICE_COUNT = 10000, /* each about a user, a post or a comment */
    DATA_VERSION = 9      /* increment it when the rows change */
};

/* Give every SQLite connection of this process 256 MB of page cache and no fsync: with SQLite's default of 2 MB, both
 * sides would measure the file, and with fsync the disk, instead of their code. */
void data_tune_sqlite(void);

/* Empty the table of drafts and checkpoint the WAL before a load that writes. */
#define DATA_EMPTY_SQLITE "DELETE FROM drafts; PRAGMA wal_checkpoint(TRUNCATE)"
#define DATA_EMPTY_POSTGRESQL "TRUNCATE drafts RESTART IDENTITY"

/* The tags of posts, by a join table with columns of its own and by one without, and notices about rows of three
 * tables. integer  the type of integers and keys in the database */
#define DATA_RELATED(integer)                                                                                          \
    "CREATE TABLE tags (id " integer " PRIMARY KEY, name text NOT NULL, weight " integer " NOT NULL);"                 \
    "CREATE TABLE taggings (id " integer " PRIMARY KEY, post_id " integer " NOT NULL REFERENCES posts (id),"           \
    " tag_id " integer " NOT NULL REFERENCES tags (id), added_at " integer " NOT NULL);"                               \
    "CREATE TABLE post_labels (post_id " integer " NOT NULL REFERENCES posts (id),"                                    \
    " tag_id " integer " NOT NULL REFERENCES tags (id), PRIMARY KEY (post_id, tag_id));"                               \
    "INSERT INTO tags WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"                  \
    " SELECT i, 'tag number ' || i, i * 7 FROM n;"                                                                     \
    "INSERT INTO taggings WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"             \
    " SELECT i + 1, i / 10 + 1, (i / 10 * 37 + i % 10 * 53 * (1 + i / 10 % 3)) % 500 + 1, i FROM n;"                   \
    "INSERT INTO post_labels SELECT DISTINCT post_id, tag_id FROM taggings;"                                           \
    "CREATE INDEX taggings_post_id ON taggings (post_id);"                                                             \
    "CREATE INDEX taggings_tag_id ON taggings (tag_id);"                                                               \
    "CREATE INDEX post_labels_tag_id ON post_labels (tag_id);"                                                         \
    "CREATE TABLE notices (id " integer " PRIMARY KEY, subject_type text NOT NULL, subject_id " integer " NOT NULL,"   \
    " text text NOT NULL);"                                                                                            \
    "INSERT INTO notices WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"              \
    " SELECT i + 1, CASE i % 3 WHEN 0 THEN 'user' WHEN 1 THEN 'post' ELSE 'comment' END,"                              \
    " CASE i % 3 WHEN 0 THEN i * 7 % 10000 WHEN 1 THEN i * 37 % 100000 ELSE i * 491 % 500000 END + 1,"                 \
    " 'notice number ' || i FROM n;"                                                                                   \
    "CREATE INDEX notices_subject ON notices (subject_id, subject_type);"

/* Callbacks for the rows of each table, one table after another. A row is valid only during the call. */
struct data_sink {
    void (*user)(void *payload, const struct user *user);
    void (*post)(void *payload, const struct post *post);
    void (*comment)(void *payload, const struct comment *comment);
    void (*author)(void *payload, const struct author *author);
    void (*article)(void *payload, const struct article *article);
    void (*remark)(void *payload, const struct remark *remark);
    void *payload;
};
void data_generate(const struct data_sink *sink);

/* Fill `ids` with random user keys. */
void data_draw_users(int64_t *ids, size_t count);

/* Fill `drafts` with rows to insert, without keys. Their strings are constants. */
void data_fill_drafts(struct draft *drafts, size_t count);

/* Create tables and rows in a file or an empty database. Do nothing if they already exist. Exit on failure. */
void data_create_sqlite(const char *url);
void data_create_postgresql(const char *url);

/* Return the path of a "sqlite:" URL. */
const char *data_sqlite_path(const char *url);

#endif
