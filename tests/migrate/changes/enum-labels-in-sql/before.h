/* New labels are in a check, an index, a view and a generated column; a column loses the type that is made again. */
#include <armature/armature.h>

enum mood { GOOD, BAD };
enum kind { PLAIN, ODD, RARE };

struct note {
    int64_t id AR_PRIMARY_KEY;
    enum mood mood AR_ENUM_TYPE(mood);
    enum kind kind AR_ENUM_TYPE(kind);
    enum kind former AR_ENUM_TYPE(kind);
} AR_TABLE(notes);
