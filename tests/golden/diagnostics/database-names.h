/* Names that a database would reject, truncate, or use for a different object. */
#include <armature/annotations.h>
#include <stdint.h>

struct result {
    int64_t id AR_PRIMARY_KEY;
    int64_t xmin;
    int64_t ctid AR_COLUMN("position");
    int64_t place AR_COLUMN(tableoid);
    int64_t rowid;
    int64_t Xmax;
    int32_t a_name_that_is_as_long_as_PostgreSQL_takes_it_and_one_byte_more_;
    int32_t a_name_that_is_as_long_as_PostgreSQL_takes_it_to_the_last_byte_;
} AR_TABLE(Armature_Result);

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

struct counter {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users_id_seq);

struct key {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(USERS_PKEY);

struct code {
    const char *id AR_PRIMARY_KEY;
} AR_TABLE(codes);

struct code_number {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(codes_id_seq);

struct longest {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(a_table_whose_name_is_as_long_as_PostgreSQL_takes_and_one_more__);

struct long_enough {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(a_table_whose_name_is_as_long_as_PostgreSQL_takes_to_the_last__);

struct shortened {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(a_table_whose_name_is_as_long_as_PostgreSQL_takes_to_the_l_pkey);

struct kept_rows {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(armature_rows);

struct master {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(SQLite_master);
