/* Tables that are missing, renamed, extra, or something else. */
#include <armature/annotations.h>
#include <armature/armature.h>

struct author {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(authors);

struct article {
    int64_t id AR_PRIMARY_KEY;
    int64_t author_id;
    const char *title AR_NOT_NULL;
} AR_TABLE(articles) AR_WAS(posts) AR_BELONGS_TO(author, author_id);

struct tag {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(tags) AR_WAS(words);

struct total {
    const char *name;
    int64_t articles;
} AR_VIEW(totals, "SELECT name, 1 AS articles FROM authors");

/* The former name is one of a view. */
struct digest {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(digests) AR_WAS(reports);

struct list {
    const char *name;
} AR_VIEW(lists, "SELECT name FROM authors WHERE id > 1");

struct outside {
    const char *name;
    int64_t missing;
    int64_t length;
    int64_t size;
} AR_VIEW(outsides);

/* A model that is only read may be of a view. */
struct copy {
    const char *name;
} AR_TABLE(copies, .read_only = true);
