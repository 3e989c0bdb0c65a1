/* Names that the functions of AR_SQL cannot have, and those that their parameters cannot have. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users)
  AR_SQL(user_find, (), "SELECT * FROM users")
  AR_SQL(newest, (), "SELECT * FROM users")
  AR_SQL(newest_query, (), "SELECT * FROM users")
  AR_SQL(newest, (int64_t n), "SELECT * FROM users LIMIT :n")
  AR_SQL(newest, (int64_t m), "SELECT * FROM users LIMIT :m");

struct counted {
    int64_t n;
} AR_ROW
  AR_SQL(class, (), "SELECT 1 AS n")
  AR_SQL(total, (), "SELECT 1 AS n")
  AR_SQL(total_explain, (), "SELECT 1 AS n")
  AR_SQL(counted_row, (), "SELECT 1 AS n")
  AR_SQL(keyword, (int64_t class), "SELECT :class AS n")
  AR_SQL(variable, (int64_t out), "SELECT :out AS n")
  AR_SQL(function, (int64_t memcpy), "SELECT :memcpy AS n")
  AR_SQL(callee, (int64_t ar_statement_one), "SELECT :ar_statement_one AS n")
  AR_SQL(of_type, (int64_t int64_t), "SELECT :int64_t AS n")
  AR_SQL(descriptor, (int64_t descriptor_statement), "SELECT :descriptor_statement AS n")
  AR_SQL(arguments, (int64_t arguments_arguments), "SELECT :arguments_arguments AS n")
  AR_SQL(other_suffix, (int64_t other_suffix_value), "SELECT :other_suffix_value AS n")
  AR_SQL(count_of_list, (const int64_t ids[], int64_t ids_count),
         "SELECT id AS n FROM users WHERE id IN (:ids) AND id > :ids_count");
