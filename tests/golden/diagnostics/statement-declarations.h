/* Mistakes in the declaration of AR_SQL: its arguments and options. */
#include <armature/annotations.h>
#include <stdint.h>

#define ONE "SELECT 1 AS n"

struct counted {
    int64_t n;
} AR_ROW
  AR_SQL(nothing)
  AR_SQL(no_parameters, "SELECT 1 AS n")
  AR_SQL(no_quotes, (), SELECT 1 AS n)
  AR_SQL(of_a_macro, (), ONE)
  AR_SQL(empty, (), " ")
  AR_SQL("in quotes", (), "SELECT 1 AS n")
  AR_SQL(one-two, (), "SELECT 1 AS n")
  AR_SQL(while, (), "SELECT 1 AS n")
  AR_SQL(four, (), "SELECT 1 AS n", "SELECT 2 AS n")
  AR_SQL(not_parameters, int64_t n, "SELECT 1 AS n")
  AR_SQL(misspelt, (), "SELECT 1 AS n", .on = true)
  AR_SQL(not_a_bool, (), "SELECT 1 AS n", .one = yes)
  AR_SQL(repeated, (), "SELECT 1 AS n", .one = true, .one = false)
  AR_SQL(not_a_text, (), "SELECT 1 AS n", .postgresql = 3);
