/* A delete of rows with everything that depends on them (dependent.h): what its parts share. */
#ifndef AR_DELETION_H
#define AR_DELETION_H

#include "sql/builder.h"
#include "write/parents.h"

struct owners;

/* One delete. */
struct deletion {
    struct ar_session *s;
    struct store *store;
    struct link *link;
    struct parents *parents; /* that remain, and count the deleted rows */
    size_t chunk;            /* rows that are destroyed by one statement */
    /* Apply the .dependent of all relations of a model to rows of it. */
    enum ar_status (*delete_dependents)(const struct deletion *deletion, const struct owners *owners);
};

/* Rows of one model that will be deleted. */
struct owners {
    const struct ar_model *model;
    char *records; /* an array of structs */
    size_t count;
    unsigned level; /* below the record that the caller deletes */
};

/* Return true if relations of the model are .dependent. */
bool ar_deletion_has_dependents(const struct deletion *deletion, const struct ar_model *model);

/* Fill the set with the keys of the owners in these columns. Its memory is in the arena, its strings in the structs. */
enum ar_status ar_deletion_keys(const struct deletion *deletion, const struct owners *owners,
                                struct key_columns columns, struct arena *memory, struct key_set *out);

/* Add the condition for the rows of a relation that belong to owners with these keys. */
void ar_deletion_add_related(struct sql *sql, const char *intro, const struct ar_relation *relation,
                             const struct key_set *keys);

/* Run a statement that changes rows of a model; a refusal names what refers to them. `outcome` may be NULL. */
enum ar_status ar_deletion_run(const struct deletion *deletion, const struct ar_model *model, struct sql *sql,
                               struct statement statement, struct outcome *outcome);

#endif
