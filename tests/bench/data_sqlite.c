/* Fills a SQLite file with the benchmark's rows, by plain SQLite. */
#include "data.h"
#include "workload.h"

#include <sqlite3.h>
#include <stdio.h>

struct filling {
    sqlite3 *db;
    sqlite3_stmt *user, *post, *board, *topic, *message;
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

static void insert_board(void *payload, const struct board *board)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->board;
    bind_integer(statement, 1, board->id);
    bind_text(statement, 2, board->name);
    insert(statement);
}

static void insert_topic(void *payload, const struct topic *topic)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->topic;
    bind_integer(statement, 1, topic->id);
    bind_integer(statement, 2, topic->board_id);
    bind_text(statement, 3, topic->title);
    bind_integer(statement, 4, topic->views);
    bind_integer(statement, 5, topic->created_at);
    insert(statement);
}

static void insert_message(void *payload, const struct message *message)
{
    sqlite3_stmt *statement = ((struct filling *)payload)->message;
    bind_integer(statement, 1, message->id);
    bind_integer(statement, 2, message->topic_id);
    bind_text(statement, 3, message->author);
    bind_text(statement, 4, message->text);
    bind_integer(statement, 5, message->created_at);
    insert(statement);
}

static const char *const schema =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; BEGIN;"
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, hair_color TEXT,"
    " age INTEGER NOT NULL, score REAL NOT NULL, active INTEGER NOT NULL, created_at INTEGER NOT NULL);"
    "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),"
    " title TEXT NOT NULL, body TEXT, views INTEGER NOT NULL, created_at INTEGER NOT NULL);"
    "CREATE VIEW people AS SELECT id, name, email, age, score FROM users;"
    "CREATE TABLE boards (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE topics (id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards (id),"
    " title TEXT NOT NULL, views INTEGER NOT NULL, created_at INTEGER NOT NULL);"
    "CREATE TABLE messages (id INTEGER PRIMARY KEY, topic_id INTEGER NOT NULL REFERENCES topics (id),"
    " author TEXT NOT NULL, text TEXT NOT NULL, created_at INTEGER NOT NULL);"
    "CREATE TABLE drafts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL,"
    " title TEXT NOT NULL, body TEXT, views INTEGER NOT NULL, created_at INTEGER NOT NULL);";

static const char *const indexes = "CREATE INDEX posts_user_id ON posts (user_id);"
                                   "CREATE INDEX topics_board_id ON topics (board_id);"
                                   "CREATE INDEX messages_topic_id ON messages (topic_id); COMMIT;";

void data_create_sqlite(const char *url)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s%s", bench_sqlite_path(url), suffixes[i]);
        remove(file);
    }
    sqlite3 *db;
    check(NULL, sqlite3_open(bench_sqlite_path(url), &db));
    check(db, sqlite3_exec(db, schema, NULL, NULL, NULL));
    struct filling filling = {
        .db = db,
        .user = prepare(db, "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        .post = prepare(db, "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)"),
        .board = prepare(db, "INSERT INTO boards VALUES (?, ?)"),
        .topic = prepare(db, "INSERT INTO topics VALUES (?, ?, ?, ?, ?)"),
        .message = prepare(db, "INSERT INTO messages VALUES (?, ?, ?, ?, ?)"),
    };
    data_generate(&(struct data_sink){insert_user, insert_post, insert_board, insert_topic, insert_message, &filling});
    sqlite3_finalize(filling.user);
    sqlite3_finalize(filling.post);
    sqlite3_finalize(filling.board);
    sqlite3_finalize(filling.topic);
    sqlite3_finalize(filling.message);
    check(db, sqlite3_exec(db, indexes, NULL, NULL, NULL));
    check(db, sqlite3_close(db));
}
