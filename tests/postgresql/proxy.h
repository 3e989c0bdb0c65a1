/* A proxy between a program and a PostgreSQL server, both on Unix sockets, or on 127.0.0.1. It counts and delays round
 * trips, and cuts connections. It does not parse the protocol, and forwards at most a few hundred kilobytes per trip.
 */
#ifndef TEST_PROXY_H
#define TEST_PROXY_H

#include <stdbool.h>
#include <stddef.h>

struct proxy;

/* Start a proxy for the server of a URL with "host=<folder>", or "@localhost:<port>" and "hostaddr=127.0.0.1". Fail the
 * test on error. */
struct proxy *proxy_start(const char *url);

/* Close all connections and free the proxy. Do nothing if it is NULL. */
void proxy_stop(struct proxy *proxy);

/* Return the URL through the proxy, followed by `more` (such as "&application_name=x", or ""). Valid until the next
 * call. */
const char *proxy_url(struct proxy *proxy, const char *more);

/* Redirect new connections to the URL of `earlier` to this proxy. Existing connections do not change. */
void proxy_take_over(struct proxy *proxy, const struct proxy *earlier);

/* Return the number of round trips since the last call: how often the program began to send after the server had. */
size_t proxy_take_trips(struct proxy *proxy);

/* Return the number of bytes that the server has sent since the last call. */
size_t proxy_take_bytes(struct proxy *proxy);

/* Delay data from the program by this number of microseconds. */
void proxy_delay(struct proxy *proxy, unsigned microseconds);

/* Hold back all data from the server, as if it hung, until proxy_release(). */
void proxy_hold(struct proxy *proxy);

/* Do the same after `bytes` more bytes. */
void proxy_hold_after(struct proxy *proxy, size_t bytes);

/* Hold back data from the client until proxy_release(). */
void proxy_hold_program(struct proxy *proxy);
void proxy_hold_program_after(struct proxy *proxy, size_t bytes);

/* Wait until a client is connected. */
void proxy_await_program(struct proxy *proxy);

void proxy_release(struct proxy *proxy);

/* The next time the client or the server sends `text`, forward `other`, which has the same length, instead. Both must
 * be static. */
void proxy_replace(struct proxy *proxy, const char *text, const char *other);

/* Do the same with `size` bytes. */
void proxy_replace_bytes(struct proxy *proxy, const void *bytes, const void *others, size_t size);

/* After `bytes` more bytes from the server, cut the connection on which they arrive. */
void proxy_cut_after(struct proxy *proxy, size_t bytes);

/* Do the same, and send the program these bytes before, as a pooler does. They must be static. */
void proxy_cut_with(struct proxy *proxy, size_t bytes, const void *last_words, size_t size);

/* After `bytes` more bytes from the program, cut the connection on which they arrive. */
void proxy_cut_program_after(struct proxy *proxy, size_t bytes);

/* Record what the program or the server sends, from now on. */
void proxy_record(struct proxy *proxy, bool from_program);

/* End the recording. Return its size, and what was sent, valid until the next recording. */
size_t proxy_take_recording(struct proxy *proxy, const unsigned char **out);

/* Cut all connections now. */
void proxy_cut(struct proxy *proxy);

#endif
