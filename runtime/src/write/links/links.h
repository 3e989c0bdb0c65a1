/* Writing through a relation: what a call is about, and the steps of it for each kind of relation.
 *
 * Every call runs in a transaction. The records that it names are input of its statements (write/bulk/input.h), so that
 * one text serves any number of them. */
#ifndef AR_LINKS_INTERNAL_H
#define AR_LINKS_INTERNAL_H

#include "write/bulk/input.h"

#include <armature/links.h>

struct links {
    struct ar_session *s;
    const struct ar_relation *relation;
    const void *owner;
    struct ar_value values[AR_KEY_COLUMNS_MAX]; /* of the owner's columns of the relation */
    void *const *records;
    struct chunk named; /* copies of the records */
    enum ar_removal removal;
    struct ar_link_changes changes;
    /* Of a has_many. */
    struct read_back set;     /* the columns that an update returns: the key, and what it sets */
    struct key_table changed; /* rows that were updated, by key */
    const void **updates;     /* for each named record, a struct with what was set; NULL: nothing */
};

/* Add ` AND [NOT] <columns> IN (SELECT … FROM <the named records>)`.
 *   columns   of the statement's table, to be compared with these fields of the named records */
enum ar_status ar_links_add_named(struct sql *sql, const struct links *links, bool is_named, struct key_columns columns,
                                  struct key_columns fields);

/* A has_many. */
enum ar_status ar_children_add(struct links *links);
enum ar_status ar_children_remove(struct links *links, bool is_named);

/* A relation through a join table. */
enum ar_status ar_joins_add(struct links *links);
enum ar_status ar_joins_remove(struct links *links, bool is_named);

/* Find what was set in the rows of the named records. Once committed, copy it into the structs. */
enum ar_status ar_children_find_updates(struct links *links);
void ar_children_update_structs(const struct links *links);

#endif
