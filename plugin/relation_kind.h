/* The kinds of relations: everything that the tool knows about each. A new kind is a row in the table of
 * relation_kind.c, and an attribute. */
#ifndef ARMATURE_PLUGIN_RELATION_KIND_H
#define ARMATURE_PLUGIN_RELATION_KIND_H

#include "attribute.h"

#include <armature/model.h>

struct relation_kind {
    enum attribute_kind attribute; /* that declares it */
    const char *name;              /* in comments: "has_many" */
    const char *constant;          /* "AR_RELATION_HAS_MANY" */
    bool owner_has_key;            /* the owner has the foreign key, which refers to the target; otherwise vice versa */
    bool follows_path;             /* follows other relations, which the attribute names */
    bool has_join_table;           /* follows two relations, which the tool makes: to a join table and from it */
    bool is_list;                  /* leads to any number of records, not to at most one */
    unsigned inverses;             /* the kinds that its inverse can have: a bit for each enum ar_relation_kind */
    enum ar_relation_kind kind;
};

/* Return the kind that the attribute declares, or NULL if it declares no relation. */
const struct relation_kind *relation_kind_of(enum attribute_kind attribute);

/* Return true if a relation of one kind can be the inverse of one of the other. */
bool relation_kind_fits(const struct relation_kind *kind, const struct relation_kind *inverse);

/* Return the attributes that declare an inverse of this kind: "AR_HAS_ONE or AR_HAS_MANY". */
const char *relation_kind_inverses(struct arena *arena, const struct relation_kind *kind);

#endif
