/* Pieces of HTML: escaping, templates, numbers. */
#include "report/html.h"

#include <inttypes.h>
#include <string.h>

static void add_character(struct text *out, char character)
{
    const char plain[] = {character, '\0'};
    bool is_control = (unsigned char)character < ' ' && character != '\n' && character != '\t';
    switch (character) {
    case '&':
        text_add(out, "&amp;");
        break;
    case '<':
        text_add(out, "&lt;");
        break;
    case '>':
        text_add(out, "&gt;");
        break;
    case '"':
        text_add(out, "&quot;");
        break;
    case '\'':
        text_add(out, "&#39;");
        break;
    default:
        text_add(out, is_control || character == 0x7f ? "\xef\xbf\xbd" : plain);
    }
}

static void add_characters(struct text *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        add_character(out, text[i]);
}

void html_text(struct text *out, const char *text)
{
    if (text != NULL)
        add_characters(out, text, strlen(text));
}

void html_fill(struct text *out, const char *template, const char *const *values)
{
    for (const char *at = template; *at != '\0'; at++) {
        const char plain[] = {*at, '\0'};
        if (*at == '$')
            html_text(out, *values++);
        else
            text_add(out, plain);
    }
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

/* SQL that is longer gets line breaks. */
enum { LINE_MAX_LENGTH = 60 };

static bool is_word_character(char character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '$' || (character & 0x80) != 0;
}

/* Return the length of the word in capitals at the beginning, or 0. */
static size_t keyword_length(const char *text)
{
    size_t length = 0;
    while (text[length] >= 'A' && text[length] <= 'Z')
        length++;
    return length > 1 && !is_word_character(text[length]) ? length : 0;
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (is_word_character(text[length]))
        length++;
    return length;
}

/* Return the length of the string or the quoted name at the beginning, with its quotes; 0 if there is none. */
static size_t quoted_length(const char *text)
{
    size_t length = 1;
    if (*text != '\'' && *text != '"')
        return 0;
    while (text[length] != '\0' && (text[length] != *text || text[length + 1] == *text))
        length += text[length] == *text ? 2 : 1;
    return length + (text[length] == *text);
}

/* Return true if a clause begins with the keyword. */
static bool is_clause(const char *keyword, size_t length)
{
    static const char *const clauses[] = {"FROM",   "WHERE",     "JOIN",   "LEFT",   "CROSS",
                                          "GROUP",  "HAVING",    "ORDER",  "LIMIT",  "UNION",
                                          "VALUES", "RETURNING", "WINDOW", "SELECT", "SET"};
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++)
        if (strlen(clauses[i]) == length && strncmp(clauses[i], keyword, length) == 0)
            return true;
    return false;
}

static void add_marked(struct text *out, const char *class, const char *text, size_t length)
{
    text_print(out, "<span class=\"%s\">", class);
    add_characters(out, text, length);
    text_add(out, "</span>");
}

/* Return true if the word before is part of the clause: LEFT of LEFT JOIN. */
static bool is_continued(const char *sql, const char *at)
{
    static const char *const words[] = {"LEFT ", "CROSS ", "INNER ", "OUTER "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(at - sql) >= length && strncmp(at - length, words[i], length) == 0)
            return true;
    }
    return false;
}

/* Add the word, string or character at the beginning. Return its length. */
static size_t add_token(struct text *out, const char *at, bool breaks)
{
    size_t quoted = quoted_length(at), keyword = keyword_length(at), word = word_length(at);
    if (quoted > 0) {
        add_marked(out, *at == '\'' ? "s" : "n", at, quoted);
        return quoted;
    }
    if (keyword > 0) {
        if (breaks && is_clause(at, keyword))
            text_add(out, "\n");
        add_marked(out, "k", at, keyword);
        return keyword;
    }
    add_characters(out, at, word > 0 ? word : 1);
    return word > 0 ? word : 1;
}

void html_sql(struct text *out, const char *sql)
{
    bool breaks = strlen(sql) > LINE_MAX_LENGTH && strchr(sql, '\n') == NULL;
    int depth = 0;
    for (const char *at = sql; *at != '\0';) {
        bool is_outer = depth == 0 && at > sql && (at[-1] == ' ' || at[-1] == ')') && !is_continued(sql, at);
        depth += (*at == '(') - (*at == ')');
        at += add_token(out, at, breaks && is_outer);
    }
}

void html_sql_block(struct text *out, const char *sql)
{
    text_add(out, "<pre class=\"sql\">");
    html_sql(out, sql);
    text_add(out, "</pre>\n");
}

/* ---- Numbers and ids --------------------------------------------------------------------------------------------- */

const char *html_value(struct arena *arena, uint64_t number)
{
    return arena_print(arena, "%" PRIu64, number);
}

const char *html_number(struct arena *arena, uint64_t number)
{
    const char *digits = html_value(arena, number);
    size_t length = strlen(digits);
    const char *result = "";
    for (size_t i = 0; i < length; i++)
        result = arena_print(arena, "%s%s%c", result, i > 0 && (length - i) % 3 == 0 ? "\xe2\x80\xaf" : "", digits[i]);
    return result;
}

const char *html_count(struct arena *arena, uint64_t number, const char *singular, const char *plural)
{
    return arena_print(arena, "%s %s", html_number(arena, number), number == 1 ? singular : plural);
}

const char *html_duration(struct arena *arena, uint64_t nanoseconds)
{
    static const struct {
        uint64_t size;
        const char *name;
    } units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "µs"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double value = (double)nanoseconds / (double)units[i].size;
        if (nanoseconds >= units[i].size)
            return arena_print(arena, "%.*f %s", value < 10 ? 2 : value < 100 ? 1 : 0, value, units[i].name);
    }
    return arena_print(arena, "%" PRIu64 " ns", nanoseconds);
}

const char *html_id(struct arena *arena, const char *prefix, const char *name)
{
    char *id = arena_print(arena, "%s-%s", prefix, name);
    for (char *at = id; *at != '\0'; at++)
        if (!is_word_character(*at) || *at == '$' || (*at & 0x80) != 0)
            *at = '-';
    return id;
}
