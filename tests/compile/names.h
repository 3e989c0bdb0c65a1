/* A model with every kind of relation, a hook and an enum stored by name, for the list of all generated names. */
#ifndef COMPILE_NAMES_H
#define COMPILE_NAMES_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

enum mood { MOOD_CALM, MOOD_WILD };

struct cat {
    int64_t id AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
    int64_t owner_id AR_NULLABLE;
    int64_t kittens AR_DEFAULT("0");
    enum mood mood AR_ENUM_TEXT;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
    const char *toy_type;
    int64_t toy_id AR_NULLABLE;
} AR_TABLE(cats) AR_BELONGS_TO(parent, parent_id, children, .target = cat, .counter = kittens)
    AR_HAS_MANY(children, parent_id, parent, .target = cat) AR_HAS_ONE(kitten, parent_id, parent, .target = cat)
        AR_BELONGS_TO(owner, owner_id, .target = cat) AR_HAS_MANY_THROUGH(grandchildren, children, children)
            AR_HAS_ONE_THROUGH(grandkitten, kitten, kitten)
                AR_MANY_TO_MANY(friends, friendships, cat_id, friend_id, .target = cat)
                    AR_BELONGS_TO_ONE_OF(keeper, parent, owner) AR_BELONGS_TO_ANY(toy, toy_type, toy_id, cat)
                        AR_BEFORE_INSERT(wash);

#endif
