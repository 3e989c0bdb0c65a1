/* Makes the fields of embedded structs members of the model. */
#include "embed.h"

#include <string.h>

static bool is_anonymous(const struct member *member)
{
    return member->field[0] == '\0';
}

bool embed_is_expanded(const struct member *member)
{
    return member->part_count > 0 && member->role == MEMBER_COLUMN && (is_anonymous(member) || member->prefix != NULL);
}

/* Return the path with an underscore for each dot. */
static const char *underscored(struct arena *arena, const char *path)
{
    char *name = arena_text(arena, path);
    for (char *at = name; *at != '\0'; at++)
        if (*at == '.')
            *at = '_';
    return name;
}

/* Attributes of columns do not apply to several at once. */
static void check_attributes(struct model_set *set, const struct member *member)
{
    for (unsigned kind = 0; kind < ATTRIBUTE_COUNT; kind++)
        if (kind != ATTRIBUTE_EMBED && member_has(member, (enum attribute_kind)kind)) {
            diagnostic_error(set->diagnostics, member->kind_at[kind], "%s: a struct is not one column",
                             attribute_table[kind].macro);
            diagnostic_help(set->diagnostics, "write the attribute after a field of the struct");
        }
}

/* What contains members. */
struct container {
    const char *scope;         /* the fields: "home." */
    const char *prefix;        /* of the columns' names */
    const struct location *at; /* of the first field, or NULL */
};

static void add_members(struct model_set *set, struct model *model, struct member **members, size_t count,
                        struct container in);

/* Add the fields of an embedded struct to the model. */
static void add_parts(struct model_set *set, struct model *model, struct member *member, struct container in)
{
    check_attributes(set, member);
    if (!is_anonymous(member)) {
        in.scope = arena_print(set->arena, "%s%s.", in.scope, member->field);
        in.prefix = arena_print(set->arena, "%s%s", in.prefix, member->prefix);
        in.at = in.at != NULL ? in.at : &member->kind_at[ATTRIBUTE_EMBED];
    }
    add_members(set, model, member->parts, member->part_count, in);
}

static void add_members(struct model_set *set, struct model *model, struct member **members, size_t count,
                        struct container in)
{
    struct arena *arena = set->arena;
    for (size_t i = 0; i < count; i++) {
        struct member *member = members[i];
        if (embed_is_expanded(member)) {
            add_parts(set, model, member, in);
            continue;
        }
        if (member->part_count > 0 && member->role == MEMBER_COLUMN) /* an error in its AR_EMBED was reported */
            continue;
        member->scope = in.scope;
        member->field = is_anonymous(member) ? "" : arena_print(arena, "%s%s", in.scope, member->field);
        member->identifier = underscored(arena, member->field);
        member->name = arena_print(arena, "%s%s", in.prefix, member->name);
        member->was = member->was != NULL ? arena_print(arena, "%s%s", in.prefix, member->was) : NULL;
        member->embedded_at = in.at != NULL ? *in.at : member->at;
        list_add(arena, model->members, model->member_count) = member;
    }
}

void embed_expand(struct model_set *set, struct model *model)
{
    struct member **members = model->members;
    size_t count = model->member_count;
    model->members = NULL;
    model->member_count = 0;
    add_members(set, model, members, count, (struct container){"", "", NULL});
}

struct member *embed_find_flag(struct arena *arena, const struct model *model, const struct member *member)
{
    for (size_t length = strlen(member->scope);; length--) {
        struct member *flag =
            model_member(model, arena_print(arena, "%.*s%s", (int)length, member->scope, member->null_flag_name));
        if (flag != NULL || length == 0)
            return flag;
        while (length > 1 && member->scope[length - 2] != '.')
            length--;
    }
}
