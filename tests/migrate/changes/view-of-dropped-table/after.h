/* The table of a view is dropped, and the view is of another table. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t size;
} AR_TABLE(notes);

struct big {
    int64_t id;
} AR_VIEW(bigs, "SELECT id FROM notes WHERE size > 3");
