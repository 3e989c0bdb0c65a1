/* The table of relation kinds, and lookups in it. */
#include "relation_kind.h"

#define KIND(name) .constant = "AR_RELATION_" #name, .kind = AR_RELATION_##name, .attribute = ATTRIBUTE_##name
#define BIT(name) (1u << AR_RELATION_##name)
#define THROUGH (BIT(HAS_ONE_THROUGH) | BIT(HAS_MANY_THROUGH))

static const struct relation_kind kinds[] = {
    {KIND(BELONGS_TO), .name = "belongs_to", .owner_has_key = true, .inverses = BIT(HAS_ONE) | BIT(HAS_MANY)},
    {KIND(HAS_ONE), .name = "has_one", .inverses = BIT(BELONGS_TO)},
    {KIND(HAS_MANY), .name = "has_many", .is_list = true, .inverses = BIT(BELONGS_TO)},
    {KIND(HAS_ONE_THROUGH), .name = "has_one_through", .follows_path = true, .inverses = THROUGH},
    {KIND(HAS_MANY_THROUGH), .name = "has_many_through", .follows_path = true, .is_list = true, .inverses = THROUGH},
    {KIND(MANY_TO_MANY), .name = "many_to_many", .has_join_table = true, .is_list = true,
     .inverses = BIT(MANY_TO_MANY)},
};

static const size_t kind_count = sizeof kinds / sizeof *kinds;

const struct relation_kind *relation_kind_of(enum attribute_kind attribute)
{
    for (size_t i = 0; i < kind_count; i++)
        if (kinds[i].attribute == attribute)
            return &kinds[i];
    return NULL;
}

bool relation_kind_fits(const struct relation_kind *kind, const struct relation_kind *inverse)
{
    return (kind->inverses & (1u << inverse->kind)) != 0;
}

const char *relation_kind_inverses(struct arena *arena, const struct relation_kind *kind)
{
    const char *all = "";
    for (size_t i = 0; i < kind_count; i++)
        if (relation_kind_fits(kind, &kinds[i]))
            all = arena_print(arena, "%s%s%s", all, all[0] == '\0' ? "" : " or ",
                              attribute_table[kinds[i].attribute].macro);
    return all;
}
