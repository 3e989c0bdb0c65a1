/* Shared by both generated files: section comments and safe parameter names. */
#include "emit.h"
#include "name.h"

#include <ctype.h>
#include <string.h>

/* The keywords of C and C++, each between spaces. */
static const char keywords[] =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class"
    " co_await co_return co_yield compl concept const const_cast consteval constexpr constinit continue decltype"
    " default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline"
    " int long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register"
    " reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast struct switch"
    " template this thread_local throw true try typedef typeid typename typeof typeof_unqual union unsigned using"
    " virtual void volatile wchar_t while xor xor_eq ";

/* The other parameters and the variables of generated functions, and the functions that they call with a key. */
static const char variables[] =
    " changes condition count depth each effect effects function graph how key list measure out payload q record"
    " records removal s size status target totals value ";
static const char functions[] =
    " ar_record_find ar_value_fixed ar_value_integer ar_value_text ar_value_unsigned ar_value_uuid ";

bool emit_is_keyword(const char *name)
{
    return name_is_in(keywords, name);
}

bool emit_hides_type(const char *c_type)
{
    return name_is_in(variables, c_type);
}

/* Return true if a parameter of this name would hide a name that the function's signature or body uses. */
static bool would_hide(const struct model_set *set, const struct model *model, const char *name)
{
    size_t length = strlen(model->name);
    bool is_descriptor = strncmp(name, model->name, length) == 0 && strcmp(name + length, "_model") == 0;
    return name_is_in(keywords, name) || name_is_in(variables, name) || name_is_in(functions, name) || is_descriptor ||
           name_map_find(&set->typedefs, name) != NULL;
}

const char *emit_record_name(const struct model_set *set, const struct model *model)
{
    const char *name = model->name;
    for (const char *next = "item"; would_hide(set, model, name); next = arena_print(set->arena, "%s_record", next))
        name = next;
    return name;
}

const char **emit_key_names(const struct model_set *set, const struct model *model)
{
    const char **names = arena_take(set->arena, model->key_count * sizeof *names);
    struct name_map used = {0};
    for (size_t i = 0; i < model->key_count; i++) /* reserve the names that need no change */
        if (!would_hide(set, model, model->keys[i]->identifier)) {
            names[i] = model->keys[i]->identifier;
            name_map_add(set->arena, &used, names[i], model->keys[i]);
        }
    for (size_t i = 0; i < model->key_count; i++) {
        if (names[i] != NULL)
            continue;
        names[i] = model->keys[i]->identifier;
        do
            names[i] = arena_print(set->arena, "%s_value", names[i]);
        while (would_hide(set, model, names[i]) || name_map_add(set->arena, &used, names[i], model->keys[i]) != NULL);
    }
    return names;
}

const char *emit_comment_text(struct arena *arena, const char *text)
{
    char *safe = arena_text(arena, text);
    for (char *at = safe; *at != '\0'; at++)
        if ((at[0] == '*' && at[1] == '/') || (at[0] == '/' && at[1] == '*'))
            at[0] = ' ';
    return safe;
}

void emit_section(struct text *out, const struct model_set *set, const struct model *model)
{
    static const char dashes[] = "------------------------------------------------------------------------------------"
                                 "--------------------------------";
    size_t width = 116; /* 120 with the end of the comment */
    size_t start = out->length;
    text_print(out, "/* ---- %s: %s, ", model->name, emit_comment_text(set->arena, model_location(set, model->at)));
    if (model->is_row)
        text_add(out, "rows of user SQL ");
    else
        text_print(out, "%s %s ", model->is_view ? "view" : "table", emit_comment_text(set->arena, model->table));
    size_t used = out->length - start;
    text_print(out, "%.*s */\n", used < width ? (int)(width - used) : 4, dashes);
}

static const char *file_of(const struct header *header)
{
    const char *slash = strrchr(header->output, '/');
    return slash != NULL ? slash + 1 : header->output;
}

/* Of several headers with one name, each takes the name of its folder, too. */
static const char *stem_of(const struct model_set *set, const struct header *header)
{
    for (size_t i = 0; i < set->header_count; i++) {
        const struct header *other = &set->headers[i];
        if (other != header && strcmp(file_of(other), file_of(header)) == 0)
            return header->output;
    }
    return file_of(header);
}

const char *emit_list_name(const struct model_set *set, const struct header *header)
{
    const char *path = stem_of(set, header);
    char *stem = arena_print(set->arena, "%.*s", (int)(strlen(path) - strlen(".ar.h")), path);
    for (char *at = stem; *at != '\0'; at++)
        if ((unsigned char)*at > 127 || !isalnum((unsigned char)*at))
            *at = '_';
    return arena_print(set->arena, "%s%s_model", isdigit((unsigned char)*stem) ? "header_" : "", stem);
}
