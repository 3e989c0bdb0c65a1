/* A list of items in the order of their last use, for caches that drop the least recently used one. Each item contains
 * a link. */
#ifndef AR_USE_LIST_H
#define AR_USE_LIST_H

#include <stddef.h>

struct use_link {
    struct use_link *newer, *older;
};

/* All zero is an empty list. */
struct use_list {
    struct use_link *newest, *oldest;
};

/* Add a link that is not in the list, as the most recently used one. */
static inline void ar_use_list_add(struct use_list *list, struct use_link *link)
{
    *link = (struct use_link){.older = list->newest};
    *(list->newest != NULL ? &list->newest->newer : &list->oldest) = link;
    list->newest = link;
}

static inline void ar_use_list_remove(struct use_list *list, struct use_link *link)
{
    *(link->newer != NULL ? &link->newer->older : &list->newest) = link->older;
    *(link->older != NULL ? &link->older->newer : &list->oldest) = link->newer;
}

#endif
