/* Names that are generated for rows, and for models, for the header, or twice. */
#include <armature/annotations.h>
#include <stdint.h>

struct user_row {
    int64_t id;
};

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

int total_column_table(void);

struct total {
    int64_t count;
} AR_ROW;

typedef struct {
    int64_t count;
} AR_ROW user_t;

struct row_names_model {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(row_names) AR_HAS_MANY(count, row_id, .target = row_names_line);

struct row_names_line {
    int64_t id AR_PRIMARY_KEY;
    int64_t row_id;
} AR_TABLE(row_names_lines);
