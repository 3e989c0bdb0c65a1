/* What both generated files share: section comments and safe parameter names. */
#include "emit.h"

#include <string.h>

/* Each between spaces: the keywords of C and C++, and what generated functions call their own. */
static const char taken[] =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class"
    " co_await co_return co_yield compl concept condition const const_cast consteval constexpr constinit continue"
    " count decltype default delete do double dynamic_cast else enum explicit export extern false float for friend"
    " goto if inline int key list long mutable namespace new noexcept not not_eq nullptr operator or or_eq out"
    " private protected public q record records register reinterpret_cast requires restrict return s short signed"
    " sizeof static static_assert static_cast status struct switch template this thread_local throw true try"
    " typedef typeid typename typeof typeof_unqual union unsigned using virtual void volatile wchar_t while xor"
    " xor_eq ";

static bool is_taken(const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(taken, name); at != NULL; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

const char *emit_record_name(const struct model *model)
{
    return is_taken(model->name) ? "item" : model->name;
}

const char *emit_key_name(struct arena *arena, const struct member *column)
{
    return is_taken(column->field) ? arena_print(arena, "%s_value", column->field) : column->field;
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
    size_t width = 116; /* with the comment's end, 120 */
    size_t start = out->length;
    text_print(out, "/* ---- %s: %s, table %s ", model->name,
               emit_comment_text(set->arena, model_place(set, model, model->at)),
               emit_comment_text(set->arena, model->table));
    size_t used = out->length - start;
    text_print(out, "%.*s */\n", used < width ? (int)(width - used) : 4, dashes);
}
