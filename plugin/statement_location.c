/* Places in the text of AR_SQL. The text comes from an attribute, for which the preprocessor has joined the lines of
 * the macro's arguments: a place in it is found by reading the string literals in the header again. */
#include "statement.h"

#include <stdio.h>
#include <string.h>

/* A position in the header. */
struct cursor {
    const char *at;
    unsigned line;
    unsigned column;
};

static void advance(struct cursor *cursor)
{
    bool is_line = *cursor->at++ == '\n';
    cursor->line += is_line;
    cursor->column = is_line ? 1 : cursor->column + 1;
}

/* Skip backslashes that join lines. */
static void skip_splices(struct cursor *cursor)
{
    while (cursor->at[0] == '\\' && (cursor->at[1] == '\n' || (cursor->at[1] == '\r' && cursor->at[2] == '\n')))
        for (bool was_line = false; !was_line;) {
            was_line = *cursor->at == '\n';
            advance(cursor);
        }
}

static void skip_comment(struct cursor *cursor)
{
    bool is_block = cursor->at[1] == '*';
    const char *end = strstr(cursor->at + 2, is_block ? "*/" : "\n");
    if (end == NULL)
        end = cursor->at + strlen(cursor->at);
    else
        end += is_block ? 2 : 1;
    while (cursor->at < end)
        advance(cursor);
}

/* Go past the quote that begins the next string literal. Return false if there is none in the arguments. */
static bool enter_literal(struct cursor *cursor)
{
    while (*cursor->at != '\0') {
        if (cursor->at[0] == '/' && (cursor->at[1] == '*' || cursor->at[1] == '/')) {
            skip_comment(cursor);
            continue;
        }
        bool is_quote = *cursor->at == '"';
        advance(cursor);
        if (is_quote)
            return true;
    }
    return false;
}

/* Go to the character with this offset in the current literal, or past its closing quote. Return the number of its
 * characters that were passed. */
static size_t walk_literal(struct cursor *cursor, size_t offset, bool *is_found)
{
    size_t passed = 0;
    for (skip_splices(cursor); *cursor->at != '"' && *cursor->at != '\0'; skip_splices(cursor), passed++) {
        if (passed == offset) {
            *is_found = true;
            return passed;
        }
        if (*cursor->at == '\\') {
            advance(cursor);
            skip_splices(cursor);
        }
        if (*cursor->at != '\0')
            advance(cursor);
    }
    if (*cursor->at == '"')
        advance(cursor);
    return passed;
}

static bool find_place(struct cursor *cursor, size_t literal, size_t offset)
{
    bool is_found = false;
    while (enter_literal(cursor)) {
        if (literal > 0) {
            literal--;
            (void)walk_literal(cursor, SIZE_MAX, &is_found);
            continue;
        }
        offset -= walk_literal(cursor, offset, &is_found);
        if (is_found)
            return true;
    }
    return false;
}

/* Return the contents of a file; NULL if it cannot be read. */
static const char *read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *text = NULL;
    size_t length = 0;
    for (int character; (character = getc(file)) != EOF;)
        list_add(arena, text, length) = (char)character;
    list_add(arena, text, length) = '\0';
    (void)fclose(file);
    return text;
}

struct location statement_location(const struct model_set *set, const struct sql_statement *statement,
                                   enum dialect_id dialect, size_t offset)
{
    static const char macro[] = "AR_SQL";
    struct location at = statement->at;
    const char *text = at.order < set->header_count ? read_file(set->arena, set->headers[at.order].absolute) : NULL;
    struct cursor cursor = {.at = text, .line = 1, .column = 1};
    while (text != NULL && *cursor.at != '\0' && (cursor.line < at.line || cursor.column < at.column))
        advance(&cursor);
    bool is_macro = text != NULL && strncmp(cursor.at, macro, strlen(macro)) == 0 &&
                    strchr("( \t\r\n\\/", cursor.at[strlen(macro)]) != NULL; /* not AR_SQL_OF_THE_PROGRAM */
    if (!is_macro || !find_place(&cursor, statement->text[dialect].literal, offset))
        return at;
    at.line = cursor.line;
    at.column = cursor.column;
    return at;
}
