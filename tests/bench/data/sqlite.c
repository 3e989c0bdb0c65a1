/* Fill a SQLite file with the benchmark's rows using sqlite3. */
#include "data.h"
#include "data_shapes.h"
#include "fail.h"
#include "nodes.h"

#include <sqlite3.h>
#include <stdio.h>

struct filling {
    sqlite3 *db;
    sqlite3_stmt *user, *post, *comment, *author, *article, *remark;
};

static void check(sqlite3 *db, int result)
{
    if (result != SQLITE_OK && result != SQLITE_DONE)
        bench_fail("data", sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    check(db, sqlite3_prepare_v2(db, sql, -1, &statement, NULL));
    return statement;
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
    check(sqlite3_db_handle(statement), sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT));
}

static void bind_integer(sqlite3_stmt *statement, int place, int64_t integer)
{
    check(sqlite3_db_handle(statement), sqlite3_bind_int64(statement, place, integer));
}

static void insert(sqlite3_stmt *statement)
{
    check(sqlite3_db_handle(statement), sqlite3_step(statement));
    check(sqlite3_db_handle(statement), sqlite3_reset(statement));
}

static void insert_user(void *payload, const struct user *user)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->user;
    bind_integer(statement, 1, user->id);
    bind_text(statement, 2, user->name);
    bind_text(statement, 3, user->email);
    bind_text(statement, 4, user->hair_color);
    bind_integer(statement, 5, user->age);
    check(sqlite3_db_handle(statement), sqlite3_bind_double(statement, 6, user->score));
    bind_integer(statement, 7, user->active);
    bind_integer(statement, 8, user->created_at);
    insert(statement);
}

static void insert_post(void *payload, const struct post *post)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->post;
    bind_integer(statement, 1, post->id);
    bind_integer(statement, 2, post->user_id);
    bind_text(statement, 3, post->title);
    bind_text(statement, 4, post->body);
    bind_integer(statement, 5, post->views);
    bind_integer(statement, 6, post->created_at);
    insert(statement);
}

static void insert_comment(void *payload, const struct comment *comment)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->comment;
    bind_integer(statement, 1, comment->id);
    bind_integer(statement, 2, comment->post_id);
    bind_integer(statement, 3, comment->user_id);
    bind_text(statement, 4, comment->text);
    bind_integer(statement, 5, comment->created_at);
    insert(statement);
}

static void insert_author(void *payload, const struct author *author)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->author;
    bind_integer(statement, 1, author->id);
    bind_text(statement, 2, author->name);
    bind_text(statement, 3, author->hair_color);
    insert(statement);
}

static void insert_article(void *payload, const struct article *article)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->article;
    bind_integer(statement, 1, article->id);
    bind_integer(statement, 2, article->author_id);
    bind_text(statement, 3, article->title);
    bind_text(statement, 4, article->body);
    insert(statement);
}

static void insert_remark(void *payload, const struct remark *remark)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->remark;
    bind_integer(statement, 1, remark->id);
    bind_integer(statement, 2, remark->article_id);
    bind_text(statement, 3, remark->text);
    insert(statement);
}

static const char *const schema =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; BEGIN;"
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, hair_color TEXT,"
    " age INTEGER NOT NULL, score REAL NOT NULL, active INTEGER NOT NULL, created_at INTEGER NOT NULL);"
    "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),"
    " title TEXT NOT NULL, body TEXT, views INTEGER NOT NULL, created_at INTEGER NOT NULL);"
    "CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts (id),"
    " user_id INTEGER NOT NULL REFERENCES users (id), text TEXT NOT NULL, created_at INTEGER NOT NULL);"
    "CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, hair_color TEXT);"
    "CREATE TABLE articles (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, title TEXT NOT NULL, body TEXT);"
    "CREATE TABLE remarks (id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL, text TEXT NOT NULL);"
    "CREATE TABLE drafts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL,"
    " title TEXT NOT NULL, body TEXT, views INTEGER NOT NULL, created_at INTEGER NOT NULL);";

/* ANALYZE collects statistics for the planner. */
static const char *const indexes = "CREATE INDEX posts_user_id ON posts (user_id);"
                                   "CREATE INDEX comments_post_id ON comments (post_id);"
                                   "CREATE INDEX comments_user_id ON comments (user_id);"
                                   "PRAGMA user_version = %d; COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)";

/* Return the version of the rows in the file, or 0. */
static int version_of(sqlite3 *db)
{
    sqlite3_stmt *statement = prepare(db, "PRAGMA user_version");
    int version = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
    sqlite3_finalize(statement);
    return version;
}

static void remove_file(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s%s", path, suffixes[i]);
        remove(file);
    }
}

static void fill(sqlite3 *db)
{
    struct filling filling = {
        .db = db,
        .user = prepare(db, "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        .post = prepare(db, "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)"),
        .comment = prepare(db, "INSERT INTO comments VALUES (?, ?, ?, ?, ?)"),
        .author = prepare(db, "INSERT INTO authors VALUES (?, ?, ?)"),
        .article = prepare(db, "INSERT INTO articles VALUES (?, ?, ?, ?)"),
        .remark = prepare(db, "INSERT INTO remarks VALUES (?, ?, ?)"),
    };
    data_generate(&(struct data_sink){insert_user, insert_post, insert_comment, insert_author, insert_article,
                                      insert_remark, &filling});
    sqlite3_finalize(filling.user);
    sqlite3_finalize(filling.post);
    sqlite3_finalize(filling.comment);
    sqlite3_finalize(filling.author);
    sqlite3_finalize(filling.article);
    sqlite3_finalize(filling.remark);
}

static void execute(void *db, const char *sql)
{
    check(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

void data_create_sqlite(const char *url)
{
    const char *path = data_sqlite_path(url);
    sqlite3 *db;
    check(NULL, sqlite3_open(path, &db));
    if (version_of(db) != DATA_VERSION) {
        char text[1024];
        check(db, sqlite3_close(db));
        remove_file(path);
        check(NULL, sqlite3_open(path, &db));
        check(db, sqlite3_exec(db, schema, NULL, NULL, NULL));
        fill(db);
        data_create_shapes(db);
        data_create_shared(&(struct data_database){"INTEGER", execute, db});
        check(db, sqlite3_exec(db,
                               "CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent_id INTEGER, name TEXT, note TEXT,"
                               " size INTEGER NOT NULL); " NODES_FILL,
                               NULL, NULL, NULL));
        check(db, sqlite3_exec(db, DATA_RELATED("integer"), NULL, NULL, NULL));
        snprintf(text, sizeof text, indexes, DATA_VERSION);
        check(db, sqlite3_exec(db, text, NULL, NULL, NULL));
    }
    check(db, sqlite3_close(db));
}

static int tune(sqlite3 *db, char **message, const struct sqlite3_api_routines *api)
{
    (void)message, (void)api;
    return sqlite3_exec(db, "PRAGMA cache_size = -262144; PRAGMA synchronous = OFF", NULL, NULL, NULL);
}

void data_tune_sqlite(void)
{
    check(NULL, sqlite3_auto_extension((void (*)(void))tune));
}
