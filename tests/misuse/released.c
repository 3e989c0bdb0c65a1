/* Use memory that the session has freed, in the way that the argument selects. A memory checker aborts the process;
 * without one it exits with 0. */
#include "note.ar.h"

#include <stdio.h>
#include <string.h>

static enum ar_status add_notes(struct ar_session *s)
{
    struct note note = {.text = "a note that is longer than a pointer"};
    enum ar_status status = ar_create_tables(s, &note_model);

    for (int i = 0; i < 100 && status == AR_OK; i++) {
        note.id = 0;
        status = note_insert(s, &note);
    }
    return status;
}

/* Return all notes, and the last of them. */
static enum ar_status read_notes(struct ar_session *s, struct note_list *notes, struct note **last)
{
    enum ar_status status = note_all(note_query(s), notes);

    *last = status == AR_OK ? notes->items[notes->count - 1] : NULL;
    return status;
}

static int use(struct ar_session *s, const char *way)
{
    struct note_list notes;
    struct note *last;
    struct ar_condition condition = ar_eq(note_column.id, 7);
    struct note_query *q = note_query(s);
    const char *text;

    if (read_notes(s, &notes, &last) != AR_OK)
        return 2;
    text = last->text;
    ar_session_clear(s);
    if (strcmp(way, "record") == 0)
        return last->id == 0;
    if (strcmp(way, "text") == 0)
        return text[0] == '\0';
    if (strcmp(way, "list") == 0)
        return notes.items[0] == NULL;
    if (strcmp(way, "query") == 0) {
        note_where(q, condition);
        return 0;
    }
    /* Memory that the session allocated afterwards is valid. */
    if (read_notes(s, &notes, &last) != AR_OK || notes.count != 100)
        return 2;
    for (size_t i = 0; i < notes.count; i++)
        if (notes.items[i]->id != (int64_t)i + 1 || strlen(notes.items[i]->text) != 36)
            return 2;
    return 0;
}

int main(int argc, char **argv)
{
    struct ar_db *db;
    struct ar_session *s = NULL;
    enum ar_status status = ar_db_open("sqlite::memory:", NULL, &db);
    int result = 2;

    if (status == AR_OK)
        status = ar_session_open(db, NULL, &s);
    if (status == AR_OK)
        status = add_notes(s);
    ar_session_clear(s);
    if (status == AR_OK && argc == 2)
        result = use(s, argv[1]);
    ar_session_close(s);
    ar_db_close(db);
    return result;
}
