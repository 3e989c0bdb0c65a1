// clang-format off
#ifndef NO_BOOL
#include <stdbool.h>
#endif
#include <armature/annotations.h>
#define ANY */
struct a {
    int64_t id AR_PRIMARY_KEY; enum { SAD AR_LABEL("sad") } first AR_ENUM_TYPE(mood); int64_t n; } AR_TABLE(a) AR_CHECK("id <> length('\"(') / 2"  // a comment (
     , .name = odd) AR_REFERENCE_TABLE ;
