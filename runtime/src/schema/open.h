/* Opening databases that share a budget of connections. */
#ifndef AR_SCHEMA_OPEN_H
#define AR_SCHEMA_OPEN_H

#include <armature/db.h>

struct budget;

/* Do what ar_db_open does, within a budget. */
enum ar_status ar_db_open_within(const char *url, const struct ar_db_options *options, struct budget *budget,
                                 struct ar_db **out);

#endif
