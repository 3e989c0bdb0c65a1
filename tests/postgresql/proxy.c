/* The proxy of proxy.h: one thread forwards, and a mutex guards the state that the test uses. */
#include "proxy.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LINKS_MAX = 64, NO_CUT = -1, RECORDING_SIZE = 65536 };

/* A pair of sockets between which bytes are forwarded. */
struct link {
    int client, server;
    bool client_has_spoken; /* the server has not answered yet */
};

struct proxy {
    char folder[64];
    char url[512], url_with_more[1024];
    struct sockaddr_storage server;
    socklen_t server_size;
    int listener;
    int wake[2]; /* a pipe: a byte wakes the thread, end of file stops it */
    pthread_t thread;
    pthread_mutex_t mutex; /* guards the members below */
    pthread_cond_t linked; /* signalled for each new link */
    struct link links[LINKS_MAX];
    size_t link_count;
    size_t trips, bytes;
    unsigned char recording[RECORDING_SIZE];
    size_t recorded;
    bool is_recording, records_program;
    unsigned delay; /* microseconds */
    int64_t cut_after, cut_program_after;
    int64_t hold_after, hold_program_after;
    bool is_server_held, is_program_held;
    const void *replaced, *replacement; /* or NULL */
    size_t replaced_size;
    const void *last_words; /* sent to the program when cut_after is reached, or NULL */
    size_t last_size;
};

/* ---- Forwarding -------------------------------------------------------------------------------------------------- */

static void remove_link(struct proxy *proxy, size_t i)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    (void)close(proxy->links[i].client);
    (void)close(proxy->links[i].server);
    proxy->links[i] = proxy->links[--proxy->link_count];
    (void)pthread_mutex_unlock(&proxy->mutex);
}

static void add_link(struct proxy *proxy)
{
    struct link link = {.client = accept(proxy->listener, NULL, NULL)};
    if (link.client < 0)
        return;
    link.server = socket(proxy->server.ss_family, SOCK_STREAM, 0);
    if (link.server < 0 || connect(link.server, (const struct sockaddr *)&proxy->server, proxy->server_size) != 0 ||
        proxy->link_count == LINKS_MAX) {
        (void)close(link.client);
        (void)close(link.server);
        return;
    }
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->links[proxy->link_count++] = link;
    (void)pthread_cond_broadcast(&proxy->linked);
    (void)pthread_mutex_unlock(&proxy->mutex);
}

static bool send_all(int socket, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(socket, data, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* Return how many bytes to forward before a cut after `limit` bytes; set `is_last` if the link must then be cut. */
static size_t limit_to_cut(int64_t *limit, size_t size, bool *is_last)
{
    *is_last = *limit != NO_CUT && (size_t)*limit <= size;
    if (*is_last)
        size = (size_t)*limit;
    if (*is_last)
        *limit = NO_CUT;
    else if (*limit != NO_CUT)
        *limit -= (int64_t)size;
    return size;
}

/* Note what the client sends. Return how many bytes to forward; set `is_last` if the link must then be cut, and `delay`
 * to that of its first bytes after an answer. */
static size_t note_client(struct proxy *proxy, struct link *link, size_t size, bool *is_last, unsigned *delay)
{
    *delay = 0;
    (void)pthread_mutex_lock(&proxy->mutex);
    if (!link->client_has_spoken) {
        proxy->trips++;
        *delay = proxy->delay;
    }
    link->client_has_spoken = true;
    if (proxy->hold_program_after != NO_CUT && (proxy->hold_program_after -= (int64_t)size) <= 0) {
        proxy->is_program_held = true;
        proxy->hold_program_after = NO_CUT;
    }
    size = limit_to_cut(&proxy->cut_program_after, size, is_last);
    (void)pthread_mutex_unlock(&proxy->mutex);
    return size;
}

/* Note that the server has sent data. Return how many bytes to forward; set `is_last` if the link must then be cut. */
static size_t note_server(struct proxy *proxy, struct link *link, size_t size, bool *is_last)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    link->client_has_spoken = false;
    size = limit_to_cut(&proxy->cut_after, size, is_last);
    proxy->bytes += size;
    if (proxy->hold_after != NO_CUT)
        proxy->hold_after = proxy->hold_after > (int64_t)size ? proxy->hold_after - (int64_t)size : 0;
    if (proxy->hold_after == 0) {
        proxy->is_server_held = true;
        proxy->hold_after = NO_CUT;
    }
    (void)pthread_mutex_unlock(&proxy->mutex);
    return size;
}

/* Replace the requested text once. */
static void replace(struct proxy *proxy, char *data, size_t size)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    size_t length = proxy->replaced_size;
    for (size_t i = 0; proxy->replaced != NULL && i + length <= size; i++) {
        if (memcmp(data + i, proxy->replaced, length) != 0)
            continue;
        memcpy(data + i, proxy->replacement, length);
        proxy->replaced = NULL;
        break;
    }
    (void)pthread_mutex_unlock(&proxy->mutex);
}

/* Add to the recording. */
static void record(struct proxy *proxy, bool from_program, const char *data, size_t size)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    if (proxy->is_recording && proxy->records_program == from_program && size <= RECORDING_SIZE - proxy->recorded) {
        memcpy(proxy->recording + proxy->recorded, data, size);
        proxy->recorded += size;
    }
    (void)pthread_mutex_unlock(&proxy->mutex);
}

static void pause_for(unsigned microseconds)
{
    const struct timespec pause = {.tv_sec = microseconds / 1000000, .tv_nsec = (long)(microseconds % 1000000) * 1000};
    (void)nanosleep(&pause, NULL);
}

/* Forward data from one end to the other. Return false if either has closed the connection. */
static bool forward(struct proxy *proxy, struct link *link, bool from_client)
{
    char data[65536];
    bool is_last = false;
    ssize_t received = recv(from_client ? link->client : link->server, data, sizeof data, 0);
    if (received < 0 && errno == EINTR)
        return true;
    if (received <= 0)
        return false;

    size_t size = (size_t)received;
    replace(proxy, data, size);
    unsigned delay = 0;
    if (from_client)
        size = note_client(proxy, link, size, &is_last, &delay);
    else
        size = note_server(proxy, link, size, &is_last);
    record(proxy, from_client, data, size);
    if (delay > 0)
        pause_for(delay);
    if (!send_all(from_client ? link->server : link->client, data, size))
        return false;
    if (is_last && !from_client && proxy->last_words != NULL)
        (void)send_all(link->client, proxy->last_words, proxy->last_size);
    return !is_last;
}

/* Return `flag`, which the test sets. */
static bool is_set(struct proxy *proxy, const bool *flag)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    bool is_set = *flag;
    (void)pthread_mutex_unlock(&proxy->mutex);
    return is_set;
}

/* Read the byte that woke the thread. Return false if the thread must stop. */
static bool take_wake(struct proxy *proxy)
{
    char byte;
    return read(proxy->wake[0], &byte, 1) == 1;
}

static void *run(void *payload)
{
    struct proxy *proxy = payload;
    struct pollfd polled[2 + 2 * LINKS_MAX];
    for (;;) {
        size_t count = proxy->link_count;
        bool server_held = is_set(proxy, &proxy->is_server_held), program_held = is_set(proxy, &proxy->is_program_held);
        polled[0] = (struct pollfd){.fd = proxy->wake[0], .events = POLLIN};
        polled[1] = (struct pollfd){.fd = proxy->listener, .events = POLLIN};
        for (size_t i = 0; i < count; i++) {
            polled[2 + 2 * i] = (struct pollfd){.fd = program_held ? -1 : proxy->links[i].client, .events = POLLIN};
            polled[3 + 2 * i] = (struct pollfd){.fd = server_held ? -1 : proxy->links[i].server, .events = POLLIN};
        }
        if (poll(polled, (nfds_t)(2 + 2 * count), -1) < 0 && errno != EINTR)
            return NULL;
        if (polled[0].revents != 0 && !take_wake(proxy))
            return NULL;
        /* Iterate backwards, because the last link replaces a removed one. */
        for (size_t i = count; i-- > 0;) {
            bool is_open = polled[2 + 2 * i].revents == 0 || forward(proxy, &proxy->links[i], true);
            is_open = is_open && (polled[3 + 2 * i].revents == 0 || forward(proxy, &proxy->links[i], false));
            if (!is_open)
                remove_link(proxy, i);
        }
        if (polled[1].revents != 0)
            add_link(proxy);
    }
}

/* ---- Starting and stopping --------------------------------------------------------------------------------------- */

/* Split the URL before and after the value of "host=", which must be a folder. */
static void find_server(const char *url, int *before, char *folder, size_t size, const char **behind)
{
    const char *host = strstr(url, "host=/");
    if (host == NULL)
        fail_msg("the URL \"%s\" does not contain a socket folder: expected …host=/…", url);
    host += strlen("host=");
    *before = (int)(host - url);
    snprintf(folder, size, "%.*s", (int)strcspn(host, "&"), host);
    *behind = host + strcspn(host, "&");
}

static struct sockaddr_un address_in(const char *folder)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", folder);
    assert_in_range(length, 1, sizeof address.sun_path - 1);
    return address;
}

static void listen_in_folder(struct proxy *proxy, const char *url)
{
    char folder[256];
    const char *behind;
    int before;
    find_server(url, &before, folder, sizeof folder, &behind);
    const struct sockaddr_un server = address_in(folder);
    proxy->server_size = sizeof server;
    memcpy(&proxy->server, &server, sizeof server);
    strcpy(proxy->folder, "/tmp/armature-proxy-XXXXXX"); /* the path of a socket must be short */
    assert_non_null(mkdtemp(proxy->folder));
    snprintf(proxy->url, sizeof proxy->url, "%.*s%s%s", before, url, proxy->folder, behind);

    const struct sockaddr_un address = address_in(proxy->folder);
    proxy->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(proxy->listener, (const struct sockaddr *)&address, sizeof address), 0);
}

/* The URL contains "@localhost:<port>/", and the server listens on 127.0.0.1. */
static void listen_on_port(struct proxy *proxy, const char *url)
{
    const char *host = strstr(url, "@localhost:");
    assert_non_null(host);
    const char *port = host + strlen("@localhost:");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    proxy->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(proxy->listener, (const struct sockaddr *)&address, size), 0); /* to a free port */
    assert_int_equal(getsockname(proxy->listener, (struct sockaddr *)&address, &size), 0);
    snprintf(proxy->url, sizeof proxy->url, "%.*s%u%s", (int)(port - url), url, (unsigned)ntohs(address.sin_port),
             strchr(port, '/'));
    address.sin_port = htons((uint16_t)atoi(port));
    proxy->server_size = sizeof address;
    memcpy(&proxy->server, &address, sizeof address);
}

struct proxy *proxy_start(const char *url)
{
    struct proxy *proxy = calloc(1, sizeof *proxy);
    assert_non_null(proxy);
    proxy->cut_after = proxy->cut_program_after = proxy->hold_after = proxy->hold_program_after = NO_CUT;
    if (strstr(url, "hostaddr=127.0.0.1") != NULL)
        listen_on_port(proxy, url);
    else
        listen_in_folder(proxy, url);
    assert_int_equal(listen(proxy->listener, LINKS_MAX), 0);
    assert_int_equal(pipe(proxy->wake), 0);
    assert_int_equal(pthread_mutex_init(&proxy->mutex, NULL), 0);
    assert_int_equal(pthread_cond_init(&proxy->linked, NULL), 0);
    assert_int_equal(pthread_create(&proxy->thread, NULL, run, proxy), 0);
    return proxy;
}

void proxy_stop(struct proxy *proxy)
{
    if (proxy == NULL)
        return;
    (void)close(proxy->wake[1]);
    (void)pthread_join(proxy->thread, NULL);
    while (proxy->link_count > 0)
        remove_link(proxy, 0);
    (void)close(proxy->wake[0]);
    (void)close(proxy->listener);
    if (proxy->folder[0] != '\0') {
        (void)unlink(address_in(proxy->folder).sun_path);
        (void)rmdir(proxy->folder);
    }
    (void)pthread_cond_destroy(&proxy->linked);
    (void)pthread_mutex_destroy(&proxy->mutex);
    free(proxy);
}

const char *proxy_url(struct proxy *proxy, const char *more)
{
    snprintf(proxy->url_with_more, sizeof proxy->url_with_more, "%s%s", proxy->url, more);
    return proxy->url_with_more;
}

void proxy_take_over(struct proxy *proxy, const struct proxy *earlier)
{
    const struct sockaddr_un from = address_in(proxy->folder), to = address_in(earlier->folder);
    assert_int_equal(rename(from.sun_path, to.sun_path), 0);
}

/* ---- Control by the test ----------------------------------------------------------------------------------------- */

static size_t take(struct proxy *proxy, size_t *count)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    size_t taken = *count;
    *count = 0;
    (void)pthread_mutex_unlock(&proxy->mutex);
    return taken;
}

size_t proxy_take_trips(struct proxy *proxy)
{
    return take(proxy, &proxy->trips);
}

size_t proxy_take_bytes(struct proxy *proxy)
{
    return take(proxy, &proxy->bytes);
}

void proxy_record(struct proxy *proxy, bool from_program)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->is_recording = true;
    proxy->records_program = from_program;
    proxy->recorded = 0;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

size_t proxy_take_recording(struct proxy *proxy, const unsigned char **out)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    size_t recorded = proxy->recorded;
    proxy->is_recording = false;
    (void)pthread_mutex_unlock(&proxy->mutex);
    *out = proxy->recording;
    return recorded;
}

void proxy_delay(struct proxy *proxy, unsigned microseconds)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->delay = microseconds;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

static void hold(struct proxy *proxy, bool server, bool program)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->is_server_held = server;
    proxy->is_program_held = program;
    proxy->hold_after = NO_CUT;
    proxy->hold_program_after = NO_CUT;
    (void)pthread_mutex_unlock(&proxy->mutex);
    assert_int_equal(write(proxy->wake[1], "", 1), 1);
}

void proxy_hold_after(struct proxy *proxy, size_t bytes)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->hold_after = (int64_t)bytes;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_hold_program_after(struct proxy *proxy, size_t bytes)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->hold_program_after = (int64_t)bytes;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_hold(struct proxy *proxy)
{
    hold(proxy, true, false);
}

void proxy_hold_program(struct proxy *proxy)
{
    hold(proxy, false, true);
}

void proxy_release(struct proxy *proxy)
{
    hold(proxy, false, false);
}

void proxy_await_program(struct proxy *proxy)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    while (proxy->link_count == 0)
        (void)pthread_cond_wait(&proxy->linked, &proxy->mutex);
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_replace(struct proxy *proxy, const char *text, const char *other)
{
    assert_int_equal(strlen(text), strlen(other));
    proxy_replace_bytes(proxy, text, other, strlen(text));
}

void proxy_replace_bytes(struct proxy *proxy, const void *bytes, const void *others, size_t size)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->replaced = bytes;
    proxy->replacement = others;
    proxy->replaced_size = size;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_cut_after(struct proxy *proxy, size_t bytes)
{
    proxy_cut_with(proxy, bytes, NULL, 0);
}

void proxy_cut_with(struct proxy *proxy, size_t bytes, const void *last_words, size_t size)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->last_words = last_words;
    proxy->last_size = size;
    proxy->cut_after = (int64_t)bytes;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_cut_program_after(struct proxy *proxy, size_t bytes)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->cut_program_after = (int64_t)bytes;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_cut(struct proxy *proxy)
{
    (void)pthread_mutex_lock(&proxy->mutex);
    for (size_t i = 0; i < proxy->link_count; i++) {
        (void)shutdown(proxy->links[i].client, SHUT_RDWR);
        (void)shutdown(proxy->links[i].server, SHUT_RDWR);
    }
    (void)pthread_mutex_unlock(&proxy->mutex);
}
