/* An error of clang in a header without a model. */
#include <armature/annotations.h>

struct user {
    missing_t id;
};
