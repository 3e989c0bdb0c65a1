/* Names that a database truncates, reserves or uses as quotes, and that must work. */
#ifndef NAMES_OF_THE_DATABASES_H
#define NAMES_OF_THE_DATABASES_H

#include <armature/annotations.h>
#include <stdint.h>

/* The names of both unique indexes begin with the same 63 bytes. */
struct place {
    int64_t id AR_PRIMARY_KEY;
    const char *first AR_UNIQUE AR_COLUMN(the_first_of_two_long_names);
    const char *second AR_UNIQUE AR_COLUMN(the_first_of_two_long_names_too);
} AR_TABLE(a_table_that_leaves_little_room_for_names_of_indexes) AR_HAS_MANY(quotes, place_id, place, .target = quote);

/* The table's name contains the dollar quote of a block. The column's name could refer to SQLite's rowid. */
struct quote {
    int64_t id AR_PRIMARY_KEY;
    int64_t place_id AR_COLUMN("place$armature$id");
    const char *rowid;
    const char *oid;
    const char *_rowid_;
} AR_TABLE("a$armature$b") AR_BELONGS_TO(place, place_id, quotes);

#endif
