/* Positions as tokens: big-endian numbers, so that the bytes are the same on every machine.
 *
 * Of two places in one system, the later one has the greater WAL position. It is also the greater one if the timelines
 * differ: a timeline begins where it leaves the previous one, so that a server of the new timeline that has got as far
 * has everything of the old one that still exists. The token then names the later timeline, because a server that
 * remained on the old one may have got further, but with other contents. */
#include "link/token.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- Bytes ------------------------------------------------------------------------------------------------------- */

static uint64_t get_number(const uint8_t *from, size_t size)
{
    uint64_t number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | from[i];
    return number;
}

static void put_number(uint8_t *to, uint64_t number, size_t size)
{
    for (size_t i = size; i-- > 0; number >>= 8)
        to[i] = (uint8_t)number;
}

struct place ar_token_get(const struct ar_position *token, size_t i)
{
    const uint8_t *from = token->opaque + i * AR_POSITION_DATABASE_SIZE;

    return (struct place){get_number(from, 8), get_number(from + 8, 8), (uint32_t)get_number(from + 16, 4)};
}

static void put(struct ar_position *token, size_t i, const struct place *place)
{
    uint8_t *to = token->opaque + i * AR_POSITION_DATABASE_SIZE;

    put_number(to, place->system, 8);
    put_number(to + 8, place->wal, 8);
    put_number(to + 16, place->timeline, 4);
}

struct ar_position ar_token_of(const struct place *place)
{
    struct ar_position token = {0};

    put(&token, 0, place);
    return token;
}

/* Return the index of the place in this system, or of the first unused one; AR_POSITION_DATABASES if there is none. */
static size_t index_of(const struct ar_position *token, uint64_t system)
{
    size_t i = 0;

    while (i < AR_POSITION_DATABASES && ar_token_get(token, i).system != system && ar_token_get(token, i).system != 0)
        i++;
    return i;
}

bool ar_token_find(const struct ar_position *token, uint64_t system, struct place *out)
{
    size_t i = index_of(token, system);

    *out = i < AR_POSITION_DATABASES ? ar_token_get(token, i) : (struct place){0};
    return out->system != 0;
}

/* ---- Merging ----------------------------------------------------------------------------------------------------- */

static bool add(struct ar_position *token, const struct place *place)
{
    size_t i = index_of(token, place->system);
    struct place later = *place, known;

    if (i == AR_POSITION_DATABASES)
        return false;
    known = ar_token_get(token, i);
    if (known.wal > later.wal)
        later.wal = known.wal;
    if (known.timeline > later.timeline)
        later.timeline = known.timeline;
    put(token, i, &later);
    return true;
}

bool ar_position_merge(struct ar_position *into, const struct ar_position *from)
{
    struct ar_position merged = *into;

    for (size_t i = 0; i < AR_POSITION_DATABASES; i++) {
        struct place place = ar_token_get(from, i);
        if (place.system != 0 && !add(&merged, &place))
            return false;
    }
    *into = merged;
    return true;
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

void ar_position_format(const struct ar_position *position, char out[AR_POSITION_LENGTH + 1])
{
    size_t length = 0;

    out[0] = '\0';
    for (size_t i = 0; i < AR_POSITION_DATABASES; i++) {
        struct place place = ar_token_get(position, i);
        if (place.system != 0)
            length +=
                (size_t)snprintf(out + length, AR_POSITION_LENGTH + 1 - length, "%s%" PRIx64 ".%" PRIx32 ".%" PRIx64,
                                 length > 0 ? "-" : "", place.system, place.timeline, place.wal);
    }
}

/* Read a hexadecimal number without leading zeros, and the `end` after it, which is left out at the end of the string.
 * Return the text after it, or NULL. */
static const char *parse_number(const char *text, uint64_t max, char end, uint64_t *out)
{
    static const char digits[] = "0123456789abcdef";
    const char *first = text, *digit;

    *out = 0;
    for (; *text != '\0' && (digit = strchr(digits, *text)) != NULL; text++) {
        if (*out > max >> 4 || (text > first && *first == '0'))
            return NULL;
        *out = *out << 4 | (uint64_t)(digit - digits);
    }
    if (text == first || (*text != end && *text != '\0'))
        return NULL;
    return *text == end ? text + 1 : text;
}

bool ar_position_parse(const char *text, struct ar_position *out)
{
    struct ar_position token = {0};
    uint64_t timeline;

    for (size_t i = 0; text != NULL && *text != '\0'; i++) {
        struct place place, known;
        text = parse_number(text, UINT64_MAX, '.', &place.system);
        if (text != NULL)
            text = parse_number(text, UINT32_MAX, '.', &timeline);
        if (text != NULL)
            text = parse_number(text, UINT64_MAX, '-', &place.wal);
        if (text == NULL || i == AR_POSITION_DATABASES || place.system == 0 ||
            ar_token_find(&token, place.system, &known) || (*text == '\0' && text[-1] == '-'))
            return false;
        place.timeline = (uint32_t)timeline;
        put(&token, i, &place);
    }
    if (text == NULL)
        return false;
    *out = token;
    return true;
}
