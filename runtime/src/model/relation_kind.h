/* The properties of each kind of relation. No other file of the runtime compares kinds: a new kind is a case of the
 * switch below, and a property that no kind had before is a member of struct relation_kind. Compilers reduce these
 * inline functions to a comparison of the kind. */
#ifndef AR_RELATION_KIND_H
#define AR_RELATION_KIND_H

#include <armature/model.h>

struct relation_kind {
    /* The foreign key consists of columns of the owner and refers to the target; otherwise of columns of the target,
     * and refers to the owner. */
    bool owner_has_foreign_key;
    bool is_list;  /* leads to any number of records; otherwise, of several rows, to the one with the lowest key */
    bool has_path; /* follows other relations, and has no foreign key of its own */
    bool has_join_table; /* the first one leads to a table that the program does not declare */
};

static inline struct relation_kind ar_relation_kind(const struct ar_relation *relation)
{
    switch ((enum ar_relation_kind)relation->kind) {
    case AR_RELATION_BELONGS_TO:
        return (struct relation_kind){.owner_has_foreign_key = true};
    case AR_RELATION_HAS_MANY:
        return (struct relation_kind){.is_list = true};
    case AR_RELATION_HAS_ONE_THROUGH:
        return (struct relation_kind){.has_path = true};
    case AR_RELATION_HAS_MANY_THROUGH:
        return (struct relation_kind){.is_list = true, .has_path = true};
    case AR_RELATION_MANY_TO_MANY:
        return (struct relation_kind){.is_list = true, .has_path = true, .has_join_table = true};
    case AR_RELATION_HAS_ONE:
        break;
    }
    return (struct relation_kind){0};
}

static inline bool ar_owner_has_foreign_key(const struct ar_relation *relation)
{
    return ar_relation_kind(relation).owner_has_foreign_key;
}

/* Return true if the relation leads to the first of several rows, by its order. */
static inline bool ar_relation_picks_first(const struct ar_relation *relation)
{
    return relation->order != NULL && !ar_relation_kind(relation).is_list;
}

static inline bool ar_has_path(const struct ar_relation *relation)
{
    return ar_relation_kind(relation).has_path;
}

/* Return the relation with a foreign key that the path begins with: the relation itself if it has no path. */
static inline const struct ar_relation *ar_first_hop(const struct ar_relation *relation)
{
    return ar_has_path(relation) ? relation->path[0] : relation;
}

/* Return the join table of a many-to-many relation; NULL for any other. */
static inline const struct ar_model *ar_join_table(const struct ar_relation *relation)
{
    return ar_relation_kind(relation).has_join_table ? relation->path[0]->target : NULL;
}

/* Return the model with the foreign key. The relation has no path. */
static inline const struct ar_model *ar_referring_model(const struct ar_relation *relation)
{
    return ar_owner_has_foreign_key(relation) ? relation->owner : relation->target;
}

/* Return the model that the foreign key refers to. The relation has no path. */
static inline const struct ar_model *ar_referred_model(const struct ar_relation *relation)
{
    return ar_owner_has_foreign_key(relation) ? relation->target : relation->owner;
}

#endif
