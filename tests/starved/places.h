/* The places that call a function which may fail: the return addresses of a few functions of the runtime. */
#ifndef STARVED_PLACES_H
#define STARVED_PLACES_H

#include <stdbool.h>

/* Use this file, which is created if it is missing, for the places that have been reached. Processes that run at the
 * same time may share it. Return false if that is not possible. */
bool places_open(const char *file);

/* Return true if the place of the caller is reached for the first time by any process that used the file. */
bool places_is_new(void);

#endif
