/* C identifiers for names of a database. */
#include "c_name.h"

#include "name.h"

#include <string.h>

/* Keywords of C and C++, and words that usual headers or compilers define as macros. A space precedes and follows each.
 */
static const char keywords[] =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class"
    " co_await co_return co_yield compl complex concept const const_cast consteval constexpr constinit continue"
    " decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto if"
    " imaginary inline int long mutable namespace new noexcept noreturn not not_eq nullptr operator or or_eq private"
    " protected public register reinterpret_cast requires restrict return short signed sizeof static static_assert"
    " static_cast struct switch template this thread_local throw true try typedef typeid typename typeof"
    " typeof_unqual union unsigned using virtual void volatile wchar_t while xor xor_eq assert errno stdin stdout"
    " stderr unix linux i386 environ major minor makedev offsetof setjmp va_start va_end va_arg va_copy math_errhandling"
    " isnan isinf isfinite signbit NULL EOF BUFSIZ TRUE FALSE CHAR_BIT INT_MAX INT_MIN RAND_MAX I ";

/* Structs that system headers declare. */
static const char tags[] = " timespec timeval timezone tm itimerspec itimerval sigevent sigaction stat ";

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static bool is_upper(char character)
{
    return character >= 'A' && character <= 'Z';
}

static bool is_lower(char character)
{
    return character >= 'a' && character <= 'z';
}

bool c_name_is_field(const char *name)
{
    bool is_reserved = name[0] == '_' && (name[1] == '_' || is_upper(name[1]));
    bool is_attribute = strncmp(name, "AR_", 3) == 0;
    return name[0] != '\0' && !is_digit(name[0]) && name[strspn(name, letters)] == '\0' &&
           !name_is_in(keywords, name) && !is_reserved && !is_attribute;
}

/* Return the name with one underscore for each run of other characters. */
static char *only_letters(struct arena *arena, const char *name)
{
    char *copy = arena_take(arena, strlen(name) + 3), *out = copy;
    if (is_digit(name[0]))
        *out++ = '_';
    for (; *name != '\0'; name++)
        if (strchr(letters, *name) != NULL)
            *out++ = *name;
        else if (out == copy || out[-1] != '_')
            *out++ = '_';
    return copy;
}

static const char *with_suffix(struct arena *arena, const char *name)
{
    return arena_print(arena, "%s_", name);
}

const char *c_name_of_field(struct arena *arena, const char *name)
{
    if (c_name_is_field(name))
        return name;
    const char *made = only_letters(arena, name);
    while (made[0] == '_' && (made[1] == '_' || is_upper(made[1])))
        made++;
    if (made[strspn(made, "_")] == '\0')
        made = "column";
    return c_name_is_field(made) ? made : with_suffix(arena, made);
}

const char *c_name_in_lower_case(struct arena *arena, const char *name)
{
    const char *made = only_letters(arena, name);
    char *copy = arena_take(arena, 2 * strlen(made) + 2), *out = copy;
    made += strspn(made, "_");
    for (const char *at = made; *at != '\0'; at++) {
        bool is_start = is_upper(*at) && at > made &&
                        (is_lower(at[-1]) || is_digit(at[-1]) || (is_upper(at[-1]) && is_lower(at[1])));
        if (is_start || (*at == '_' && out[-1] != '_'))
            *out++ = '_';
        if (*at != '_')
            *out++ = (char)(is_upper(*at) ? *at - 'A' + 'a' : *at);
    }
    while (out > copy && out[-1] == '_')
        *--out = '\0';
    const char *result = copy[0] == '\0' ? "table" : is_digit(copy[0]) ? arena_print(arena, "t%s", copy) : copy;
    if (strcmp(result, "ar") == 0 || strncmp(result, "ar_", 3) == 0 || strncmp(result, "armature", 8) == 0)
        return arena_print(arena, "table_%s", result);
    return c_name_is_field(result) && !name_is_in(tags, result) ? result : with_suffix(arena, result);
}

const char *c_name_take(struct arena *arena, struct name_map *taken, const char *name)
{
    const char *result = name;
    for (unsigned number = 2; name_map_add(arena, taken, result, (void *)taken) != NULL; number++)
        result = arena_print(arena, "%s%s%u", name, name[strlen(name) - 1] == '_' ? "" : "_", number);
    return result;
}

/* ---- English ----------------------------------------------------------------------------------------------------- */

/* A space precedes and follows each. */
static const char unchanging[] = " news series species sheep fish data media information equipment status ";

static const struct {
    const char *singular, *plural;
} irregular[] = {
    {"person", "people"},  {"child", "children"}, {"man", "men"},         {"woman", "women"},     {"mouse", "mice"},
    {"foot", "feet"},      {"tooth", "teeth"},    {"index", "indices"},   {"leaf", "leaves"},     {"knife", "knives"},
    {"wife", "wives"},     {"life", "lives"},     {"shelf", "shelves"},   {"half", "halves"},     {"movie", "movies"},
    {"cookie", "cookies"}, {"alias", "aliases"},  {"bus", "buses"},       {"gas", "gases"},       {"lens", "lenses"},
    {"virus", "viruses"},  {"bonus", "bonuses"},  {"status", "statuses"}, {"campus", "campuses"},
};

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), end_length = strlen(end);
    return length > end_length && strcmp(name + length - end_length, end) == 0;
}

static const char *without_end(struct arena *arena, const char *name, size_t count, const char *end)
{
    return arena_print(arena, "%.*s%s", (int)(strlen(name) - count), name, end);
}

/* Return the last word of the name, which does not end with an underscore. */
static const char *last_word(const char *name)
{
    const char *underscore = strrchr(name, '_');
    return underscore != NULL ? underscore + 1 : name;
}

/* Return the name without the underscore that tells it from a keyword. */
static const char *without_suffix(struct arena *arena, const char *name)
{
    size_t length = strlen(name);
    return length > 1 && name[length - 1] == '_' ? arena_copy(arena, name, length - 1) : name;
}

const char *c_name_singular(struct arena *arena, const char *name)
{
    static const char *const with_es[] = {"sses", "shes", "ches", "xes", "zzes"};
    static const char *const with_s[] = {"ss", "us", "is"};
    name = without_suffix(arena, name);
    const char *word = last_word(name);
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (strcmp(word, irregular[i].plural) == 0)
            return arena_print(arena, "%.*s%s", (int)(word - name), name, irregular[i].singular);
    if (name_is_in(unchanging, word) || strlen(word) < 3)
        return name;
    for (size_t i = 0; i < sizeof with_es / sizeof *with_es; i++)
        if (ends_with(word, with_es[i]))
            return without_end(arena, name, 2, "");
    for (size_t i = 0; i < sizeof with_s / sizeof *with_s; i++)
        if (ends_with(word, with_s[i]))
            return name;
    if (ends_with(word, "ies") && strlen(word) > 4)
        return without_end(arena, name, 3, "y");
    return ends_with(word, "s") ? without_end(arena, name, 1, "") : name;
}

const char *c_name_plural(struct arena *arena, const char *name)
{
    static const char *const with_es[] = {"s", "x", "z", "ch", "sh"};
    name = without_suffix(arena, name);
    const char *word = last_word(name);
    size_t length = strlen(word);
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (strcmp(word, irregular[i].singular) == 0)
            return arena_print(arena, "%.*s%s", (int)(word - name), name, irregular[i].plural);
        else if (strcmp(word, irregular[i].plural) == 0)
            return name;
    if (name_is_in(unchanging, word) || strcmp(c_name_singular(arena, name), name) != 0)
        return name;
    for (size_t i = 0; i < sizeof with_es / sizeof *with_es; i++)
        if (ends_with(word, with_es[i]))
            return arena_print(arena, "%ses", name);
    if (length > 1 && word[length - 1] == 'y' && strchr("aeiou", word[length - 2]) == NULL)
        return without_end(arena, name, 1, "ies");
    return arena_print(arena, "%ss", name);
}
