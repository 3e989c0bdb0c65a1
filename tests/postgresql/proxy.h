/* A proxy between a program and a PostgreSQL server, both on Unix sockets: it counts round trips, makes them slow, and
 * cuts connections. It knows nothing of the protocol, and forwards a few hundred kilobytes per trip at most. */
#ifndef TEST_PROXY_H
#define TEST_PROXY_H

#include <stddef.h>

struct proxy;

/* Starts a proxy for the server that a URL names by "host=<folder>". Fails the test where it cannot. */
struct proxy *proxy_start(const char *url);

/* Closes what is open and frees the proxy. NULL is nothing. */
void proxy_stop(struct proxy *proxy);

/* The URL that leads through the proxy, with `more` (as "&application_name=x", or "") behind it. Lives until the next
 * call. */
const char *proxy_url(struct proxy *proxy, const char *more);

/* From now on, who connects by the URL of `earlier` meets this proxy; what is connected stays where it is. */
void proxy_take_over(struct proxy *proxy, const struct proxy *earlier);

/* How often the program began to speak after the server had spoken, or at all, since the last call. */
size_t proxy_take_trips(struct proxy *proxy);

/* How many bytes the server has sent since the last call. */
size_t proxy_take_bytes(struct proxy *proxy);

/* What the program says arrives so many milliseconds later. */
void proxy_delay(struct proxy *proxy, unsigned milliseconds);

/* Hold back everything that the server sends, as if it hung, until proxy_release forwards it. */
void proxy_hold(struct proxy *proxy);

/* Do the same after `bytes` more bytes. */
void proxy_hold_after(struct proxy *proxy, size_t bytes);

/* Hold back what the client sends, until proxy_release. */
void proxy_hold_program(struct proxy *proxy);
void proxy_hold_program_after(struct proxy *proxy, size_t bytes);

/* Wait until a client is connected. */
void proxy_await_program(struct proxy *proxy);

void proxy_release(struct proxy *proxy);

/* The next time that the client or the server sends `text`, forward `other` instead, which has the same length. Both
 * must be static. */
void proxy_replace(struct proxy *proxy, const char *text, const char *other);

/* After so many bytes more from the server, the connection that they came on is cut. */
void proxy_cut_after(struct proxy *proxy, size_t bytes);

/* Cuts every connection now. */
void proxy_cut(struct proxy *proxy);

#endif
