/* Normal forms of types, names and expressions. */
#include "normal.h"

#include "sql_lexer.h"

#include <string.h>
#include <strings.h>

bool normal_is_same_name(const struct dialect *dialect, const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    return dialect->id == DIALECT_SQLITE ? strcasecmp(left, right) == 0 : strcmp(left, right) == 0;
}

bool normal_are_same_names(const struct dialect *dialect, const struct schema_names *left,
                           const struct schema_names *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!normal_is_same_name(dialect, left->items[i], right->items[i]))
            return false;
    return true;
}

bool normal_is_same_type(struct arena *arena, const struct dialect *dialect, const char *left, const char *right)
{
    (void)arena;
    (void)dialect;
    return strcasecmp(left, right) == 0;
}

bool normal_is_same_sql(struct arena *arena, const struct dialect *dialect, const char *left, const char *right)
{
    (void)arena;
    (void)dialect;
    return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}
