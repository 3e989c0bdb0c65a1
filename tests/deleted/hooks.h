/* The hooks of shop.h count their calls. */
#ifndef DELETED_HOOKS_H
#define DELETED_HOOKS_H

#include "shop.ar.h"
#include "support.h"

struct hook_calls {
    int deletes;            /* of book_after_delete */
    int commits;            /* of book_committed */
    enum ar_change change;  /* of the last one */
    bool is_marked;         /* its record has a time of deletion */
    int32_t pages;          /* of the last book */
    enum ar_status failure; /* of book_after_delete; AR_OK: it succeeds */
};
extern struct hook_calls calls;

#endif
