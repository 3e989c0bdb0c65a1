/* Implementation of server.h. Each connection has its own thread and random sequence, which selects the errors: in
 * values, in rows and their descriptions, or in whole messages. After a message was omitted, added, truncated or
 * lengthened, both sides could wait for each other, so the server shuts down its side after the next answer. */
#include "server.h"

#include "../random.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { NAMES_MAX = 64, ANSWER_MAX = 1 << 17, COLUMNS_MAX = 32, OWNER_COLUMNS = 14, KEYS_MAX = 4000 };

struct server {
    char folder[64];
    char url[160];
    int listener;
    uint64_t seed, connections; /* guarded by mutex */
    size_t open_count;          /* guarded by mutex */
    pthread_mutex_t mutex;
    pthread_cond_t closed;
    pthread_t thread;
};

struct named {
    char name[24];
    char *sql;
};

struct talk {
    struct server *server;
    int socket;
    uint64_t random;
    bool is_honest;
    uint32_t rareness;    /* of errors: one in this many */
    bool breaks_messages; /* in addition to values */
    bool is_out_of_step;
    char status; /* transaction status: I, T or E */
    struct named named[NAMES_MAX];
    const char *bound; /* SQL of the portal */
    uint8_t answer[ANSWER_MAX];
    size_t size;
};

/* ---- Answers ----------------------------------------------------------------------------------------------------- */

static void put(struct talk *talk, const void *bytes, size_t size)
{
    if (talk->size + size > ANSWER_MAX)
        return;
    memcpy(talk->answer + talk->size, bytes, size);
    talk->size += size;
}

static void put_integer(struct talk *talk, uint64_t number, size_t size)
{
    uint8_t bytes[8];

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(number >> (8 * (size - 1 - i)));
    put(talk, bytes, size);
}

static void put_text(struct talk *talk, const char *text)
{
    put(talk, text, strlen(text) + 1);
}

static void put_junk(struct talk *talk, size_t size)
{
    for (; size > 0; size--)
        put_integer(talk, random_next(&talk->random), 1);
}

static bool goes_wrong(struct talk *talk, uint32_t many)
{
    return !talk->is_honest && random_one_in(&talk->random, many * talk->rareness);
}

static size_t begin(struct talk *talk, char type)
{
    size_t start = talk->size;

    put(talk, &type, 1);
    put_integer(talk, 0, 4);
    return start;
}

/* End a message: write its length, and possibly break it. */
static void end(struct talk *talk, size_t start)
{
    static const char types[] = "123ACDEGHIKNRSTVWZcdnstv";
    uint32_t length = (uint32_t)(talk->size - start - 1);

    if (talk->breaks_messages && goes_wrong(talk, 60)) {
        talk->is_out_of_step = true;
        switch (random_below(&talk->random, 5)) {
        case 0: /* omit */
            talk->size = start;
            return;
        case 1: /* truncate */
            talk->size -= random_below(&talk->random, length);
            break;
        case 2: /* declare a different length */
            length = random_one_in(&talk->random, 2) ? length + random_below(&talk->random, 9)
                                                     : (uint32_t)random_next(&talk->random);
            break;
        case 3: /* change the type */
            talk->answer[start] = (uint8_t)types[random_below(&talk->random, sizeof types - 1)];
            break;
        default: { /* append another message */
            size_t more;
            for (size_t i = 0; i < 4; i++)
                talk->answer[start + 1 + i] = (uint8_t)(length >> (8 * (3 - i)));
            more = begin(talk, types[random_below(&talk->random, sizeof types - 1)]);
            put_junk(talk, random_below(&talk->random, 24));
            length = (uint32_t)(talk->size - more - 1);
            start = more;
        }
        }
    }
    for (size_t i = 0; i < 4 && start + 1 + i < talk->size; i++)
        talk->answer[start + 1 + i] = (uint8_t)(length >> (8 * (3 - i)));
}

static void put_message(struct talk *talk, char type, const char *text)
{
    size_t start = begin(talk, type);

    if (text != NULL)
        put_text(talk, text);
    end(talk, start);
}

static void put_error(struct talk *talk, char type)
{
    static const char *const fields[] = {
        "SERROR", "VERROR",  "C23502", "Mnull value",      "DFailing row contains (1, x).",
        "Hhint",  "towners", "cname",  "nowners_name_key", "P2147483648",
        "C57P01", "C",       "M"};
    size_t start = begin(talk, type);

    for (uint32_t i = random_below(&talk->random, 12); i > 0; i--)
        put_text(talk, fields[random_below(&talk->random, sizeof fields / sizeof fields[0])]);
    put_integer(talk, 0, 1);
    end(talk, start);
    if (type == 'E' && talk->status == 'T')
        talk->status = 'E';
}

static void put_ready(struct talk *talk)
{
    size_t start = begin(talk, 'Z');

    put_integer(talk, goes_wrong(talk, 20) ? random_next(&talk->random) : (uint64_t)talk->status, 1);
    end(talk, start);
}

/* ---- Columns and rows -------------------------------------------------------------------------------------------- */

static const struct column {
    const char *name;
    uint32_t oid;
    uint32_t size; /* of a value; 0 means any */
} columns[] = {
    {"id", 20, 8},        {"owner_id", 20, 8}, {"name", 25, 0},   {"kind_name", 1042, 0}, {"is_good", 16, 1},
    {"small", 21, 2},     {"medium", 23, 4},   {"share", 700, 4}, {"amount", 1700, 10},   {"made_at", 1184, 8},
    {"seen_at", 1114, 8}, {"code", 1043, 0},   {"color", 25, 0},  {"mark", 2950, 16},     {"body", 17, 0},
    {"maybe", 23, 4},     {"count(*)", 20, 8}, {"EXISTS", 16, 1}, {"bigint)", 20, 8},     {"ordinal", 20, 8},
    {"max(", 1184, 8},
};

/* Return the number of columns in the SELECT list or RETURNING, and the columns in their order. */
static size_t find_columns(const char *sql, const struct column **out)
{
    const char *from = strstr(sql, " RETURNING "), *stop;
    size_t count = 0;

    if (from == NULL && strncmp(sql, "SELECT", 6) != 0)
        return 0;
    from = from != NULL ? from : sql;
    stop = strstr(from, "FROM");
    stop = stop != NULL ? stop : from + strlen(from);
    for (; from < stop && count < COLUMNS_MAX; from++) {
        const struct column *best = NULL;
        for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
            if (strncmp(from, columns[i].name, strlen(columns[i].name)) == 0 &&
                (best == NULL || strlen(columns[i].name) > strlen(best->name)))
                best = &columns[i];
        if (best == NULL || (from[-1] != '.' && from[-1] != ' '))
            continue;
        out[count++] = best;
        from += strlen(best->name) - 1;
    }
    return count;
}

static void put_description(struct talk *talk, const char *sql)
{
    const struct column *found[COLUMNS_MAX];
    size_t count = strstr(sql, "array_agg") != NULL ? 2 : find_columns(sql, found), start;

    if (count == 0) {
        put_message(talk, 'n', NULL);
        return;
    }
    start = begin(talk, 'T');
    if (goes_wrong(talk, 20))
        count = random_below(&talk->random, (uint32_t)count + 1);
    put_integer(talk, count, 2);
    for (size_t i = 0; i < count; i++) {
        uint32_t oid = strstr(sql, "array_agg") != NULL ? 1016 : found[i]->oid;
        put_text(talk, "column");
        put_integer(talk, 0, 6);
        if (goes_wrong(talk, 30))
            oid = columns[random_below(&talk->random, sizeof columns / sizeof columns[0])].oid;
        put_integer(talk, oid, 4);
        put_integer(talk, 0xffff, 2);
        put_integer(talk, UINT32_MAX, 4);
        put_integer(talk, !goes_wrong(talk, 100), 2);
    }
    end(talk, start);
}

static void put_value(struct talk *talk, const struct column *column, uint32_t row)
{
    uint32_t size = column->size > 0 ? column->size : random_below(&talk->random, 8);

    if (goes_wrong(talk, 30)) {
        size = random_below(&talk->random, 20);
        put_integer(talk, random_one_in(&talk->random, 3) ? UINT32_MAX : size, 4);
        if (talk->answer[talk->size - 1] != 0xff)
            put_junk(talk, size);
        return;
    }
    if (strcmp(column->name, "color") == 0) {
        put_integer(talk, 3, 4);
        put(talk, "RED", 3);
        return;
    }
    put_integer(talk, size, 4);
    if (column->oid == 1700) {
        put_integer(talk, UINT64_C(0x0001000000000000) | (goes_wrong(talk, 4) ? random_next(&talk->random) : 0), 8);
        put_integer(talk, random_below(&talk->random, 10000), 2);
    } else if (column->size == 0) {
        for (uint32_t i = 0; i < size; i++)
            put_integer(talk, 'a' + random_below(&talk->random, 26), 1);
    } else if (column->oid == 16) {
        put_integer(talk, row % 2, 1);
    } else if (column->size <= 8) {
        put_integer(talk, row, column->size);
    } else {
        put_junk(talk, size);
    }
}

/* Types of the columns of owners, as COPY expects them. */
static const uint32_t owner_types[] = {20, 25, 16, 21, 23, 700, 701, 1184, 1184, 1043, 25, 2950, 17, 23};

/* Append an array of bigint: the types of the owners' columns, or keys. */
static void put_array(struct talk *talk, bool has_types, uint32_t count)
{
    if (goes_wrong(talk, 4))
        count = random_below(&talk->random, KEYS_MAX);
    put_integer(talk, 20 + UINT64_C(12) * count, 4);
    put_integer(talk, 1, 4);
    put_integer(talk, 0, 4);
    put_integer(talk, 20, 4);
    put_integer(talk, count, 4);
    put_integer(talk, 1, 4);
    for (uint32_t i = 0; i < count; i++) {
        put_integer(talk, goes_wrong(talk, 1000) ? 9 : 8, 4);
        put_integer(talk, has_types ? owner_types[i % OWNER_COLUMNS] : 1000 + i, 8);
    }
}

/* Append the resulting rows, and the end of the command. */
static void put_rows(struct talk *talk, const char *sql)
{
    const struct column *found[COLUMNS_MAX];
    size_t count = find_columns(sql, found);
    bool is_select = strncmp(sql, "SELECT", 6) == 0;
    bool is_of_many =
        is_select && strstr(sql, "FROM") != NULL && strstr(sql, "(*)") == NULL && strstr(sql, "=) $1") == NULL;
    uint32_t rows = is_of_many ? 1 + random_below(&talk->random, 30) : strstr(sql, "unnest") != NULL ? 3 : 1;
    char tag[64];

    if (strstr(sql, "array_agg") != NULL) {
        size_t start = begin(talk, 'D');
        put_integer(talk, 2, 2);
        put_array(talk, true, OWNER_COLUMNS);
        put_array(talk, false, 2000);
        end(talk, start);
        rows = 0;
    }
    for (uint32_t row = 1; row <= rows && count > 0; row++) {
        size_t start = begin(talk, 'D');
        put_integer(talk, goes_wrong(talk, 200) ? random_below(&talk->random, 40) : count, 2);
        for (size_t i = 0; i < count; i++)
            put_value(talk, found[i], row);
        end(talk, start);
    }
    snprintf(tag, sizeof tag, "%.6s %s%u", sql, strncmp(sql, "INSERT", 6) == 0 ? "0 " : "",
             goes_wrong(talk, 20) ? (unsigned)random_next(&talk->random) : rows);
    put_message(talk, 'C', tag);
}

/* Run a statement. Return false for COPY, whose rows are received first. */
static bool execute(struct talk *talk, const char *sql)
{
    if (goes_wrong(talk, 40)) {
        put_error(talk, 'E');
        return true;
    }
    if (strncmp(sql, "BEGIN", 5) == 0)
        talk->status = 'T';
    else if (strncmp(sql, "COMMIT", 6) == 0 || strncmp(sql, "ROLLBACK", 8) == 0)
        talk->status = 'I';
    if (strncmp(sql, "COPY", 4) != 0) {
        put_rows(talk, sql);
        return true;
    }
    size_t start = begin(talk, 'G');
    put_integer(talk, 1, 1);
    put_integer(talk, OWNER_COLUMNS, 2);
    for (size_t i = 0; i < OWNER_COLUMNS; i++)
        put_integer(talk, 1, 2);
    end(talk, start);
    return false;
}

/* ---- Conversations ----------------------------------------------------------------------------------------------- */

static bool receive(struct talk *talk, void *bytes, size_t size)
{
    for (size_t had = 0; had < size;) {
        ssize_t got = recv(talk->socket, (char *)bytes + had, size - had, 0);
        if (got <= 0)
            return false;
        had += (size_t)got;
    }
    return true;
}

/* Send the pending output. Return false if the conversation has ended. */
static bool reply(struct talk *talk)
{
    bool is_sent = true;

    for (size_t had = 0; had < talk->size && is_sent;) {
        ssize_t sent = send(talk->socket, talk->answer + had, talk->size - had, MSG_NOSIGNAL);
        is_sent = sent > 0;
        had += is_sent ? (size_t)sent : 0;
    }
    talk->size = 0;
    if (talk->is_out_of_step)
        (void)shutdown(talk->socket, SHUT_WR);
    return is_sent;
}

static const char *find_sql(const struct talk *talk, const char *name)
{
    for (size_t i = 0; i < NAMES_MAX; i++)
        if (talk->named[i].sql != NULL && strcmp(talk->named[i].name, name) == 0)
            return talk->named[i].sql;
    return "";
}

static void keep_sql(struct talk *talk, const char *name, const char *sql)
{
    struct named *named = &talk->named[0];

    for (size_t i = 0; i < NAMES_MAX; i++)
        if (talk->named[i].sql == NULL || strcmp(talk->named[i].name, name) == 0) {
            named = &talk->named[i];
            break;
        }
    free(named->sql);
    snprintf(named->name, sizeof named->name, "%s", name);
    named->sql = strdup(sql);
}

/* Answer one message; its body has at most `size` bytes and is terminated by a zero byte. */
static bool answer(struct talk *talk, char type, const char *body, size_t size)
{
    if (!talk->is_honest && random_one_in(&talk->random, 100)) {
        put_error(talk, 'N');
        put_message(talk, 'S', "DateStyle");
    }
    switch (type) {
    case 'P':
        keep_sql(talk, body, body + strlen(body) + 1);
        put_message(talk, '1', NULL);
        return true;
    case 'B':
        talk->bound = find_sql(talk, body + strlen(body) + 1);
        put_message(talk, '2', NULL);
        return true;
    case 'D':
        put_description(talk, talk->bound);
        return true;
    case 'E':
        (void)execute(talk, talk->bound);
        return true;
    case 'C':
        put_message(talk, '3', NULL);
        return true;
    case 'c':
        put_message(talk, 'C', goes_wrong(talk, 4) ? "COPY 1" : "COPY 2000");
        put_ready(talk);
        return reply(talk);
    case 'f':
        put_error(talk, 'E');
        put_ready(talk);
        return reply(talk);
    case 'Q':
        if (strstr(body, "SELECT") == body)
            put_description(talk, body);
        if (execute(talk, body))
            put_ready(talk);
        return reply(talk);
    case 'S':
        put_ready(talk);
        return reply(talk);
    case 'H':
        return reply(talk);
    default:
        return type != 'X' || size > 0;
    }
}

static bool greet(struct talk *talk)
{
    static const char *const parameters[][2] = {{"server_version", "15.4"},
                                                {"client_encoding", "UTF8"},
                                                {"integer_datetimes", "on"},
                                                {"standard_conforming_strings", "on"}};
    uint8_t head[8];
    char rest[4096];
    uint32_t length;
    size_t start;

    if (!receive(talk, head, sizeof head))
        return false;
    length = (uint32_t)head[2] << 8 | head[3];
    /* Not a startup message, but for example a cancel request. */
    if (head[4] != 0 || head[5] != 3 || length < 8 || length - 8 > sizeof rest || !receive(talk, rest, length - 8))
        return false;
    start = begin(talk, 'R');
    put_integer(talk, goes_wrong(talk, 100) ? random_below(&talk->random, 14) : 0, 4);
    end(talk, start);
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        start = begin(talk, 'S');
        put_text(talk, parameters[i][0]);
        put_text(talk, goes_wrong(talk, 100) ? "" : parameters[i][1]);
        end(talk, start);
    }
    start = begin(talk, 'K');
    put_integer(talk, 77, 8);
    end(talk, start);
    put_ready(talk);
    return reply(talk);
}

static void *converse(void *payload)
{
    struct talk *talk = payload;
    struct server *server = talk->server;
    bool goes_on = greet(talk);

    while (goes_on) {
        uint8_t head[5];
        uint32_t length;
        char *body;
        goes_on = receive(talk, head, sizeof head);
        length = ((uint32_t)head[1] << 24 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 8 | head[4]) - 4;
        if (!goes_on || length > 1 << 24)
            break;
        body = calloc(length + 2, 1); /* zero bytes terminate it, whatever it contains */
        goes_on = body != NULL && receive(talk, body, length) && answer(talk, (char)head[0], body, length);
        free(body);
    }
    close(talk->socket);
    for (size_t i = 0; i < NAMES_MAX; i++)
        free(talk->named[i].sql);
    free(talk);
    (void)pthread_mutex_lock(&server->mutex);
    server->open_count--;
    (void)pthread_cond_broadcast(&server->closed);
    (void)pthread_mutex_unlock(&server->mutex);
    return NULL;
}

/* ---- Connections ------------------------------------------------------------------------------------------------- */

static void start_talk(struct server *server, int connection)
{
    struct talk *talk = calloc(1, sizeof *talk);
    pthread_t thread;

    if (talk == NULL)
        exit(2);
    (void)pthread_mutex_lock(&server->mutex);
    *talk = (struct talk){.server = server, .socket = connection, .status = 'I', .bound = ""};
    talk->random = server->seed * 1000 + server->connections++;
    talk->is_honest = server->seed == 0;
    server->open_count++;
    (void)pthread_mutex_unlock(&server->mutex);
    talk->rareness = 1 + random_below(&talk->random, 3) * 10;
    talk->breaks_messages = random_one_in(&talk->random, 2);
    if (pthread_create(&thread, NULL, converse, talk) != 0)
        exit(2);
    (void)pthread_detach(thread);
}

static void *listen_for_clients(void *payload)
{
    struct server *server = payload;
    int connection;

    while ((connection = accept(server->listener, NULL, NULL)) >= 0)
        start_talk(server, connection);
    return NULL;
}

struct server *server_start(void)
{
    struct server *server = calloc(1, sizeof *server);
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (server == NULL)
        exit(2);
    snprintf(server->folder, sizeof server->folder, "/tmp/armature-fuzz-XXXXXX");
    if (mkdtemp(server->folder) == NULL)
        exit(2);
    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", server->folder);
    snprintf(server->url, sizeof server->url, "postgresql:///db?host=%s&port=5432&user=fuzz&gssencmode=disable",
             server->folder);
    server->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    (void)pthread_mutex_init(&server->mutex, NULL);
    (void)pthread_cond_init(&server->closed, NULL);
    if (bind(server->listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(server->listener, 16) != 0 || pthread_create(&server->thread, NULL, listen_for_clients, server) != 0) {
        perror("server");
        exit(2);
    }
    return server;
}

const char *server_url(const struct server *server)
{
    return server->url;
}

void server_set_seed(struct server *server, uint64_t seed)
{
    (void)pthread_mutex_lock(&server->mutex);
    server->seed = seed;
    server->connections = 0;
    (void)pthread_mutex_unlock(&server->mutex);
}

void server_stop(struct server *server)
{
    char path[128];

    (void)shutdown(server->listener, SHUT_RDWR);
    (void)pthread_join(server->thread, NULL);
    close(server->listener);
    (void)pthread_mutex_lock(&server->mutex);
    while (server->open_count > 0)
        (void)pthread_cond_wait(&server->closed, &server->mutex);
    (void)pthread_mutex_unlock(&server->mutex);
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", server->folder);
    (void)unlink(path);
    (void)rmdir(server->folder);
    free(server);
}
