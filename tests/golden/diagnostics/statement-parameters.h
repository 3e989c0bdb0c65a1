/* Mistakes in the parameters of AR_SQL: types, attributes and names. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

typedef char code[8];
enum level { LOW, HIGH };
struct point { int x, y; };

struct counted {
    int64_t n;
} AR_ROW
  AR_SQL(no_name, (int64_t), "SELECT 1 AS n")
  AR_SQL(no_name_of_pointer, (const char *), "SELECT 1 AS n")
  AR_SQL(no_type, (int64_t a, b), "SELECT 1 AS n")
  AR_SQL(with_value, (int64_t a = 3), "SELECT 1 AS n")
  AR_SQL(trailing_comma, (int64_t a,), "SELECT 1 AS n")
  AR_SQL(misspelt_type, (int64 a), "SELECT 1 AS n")
  AR_SQL(misspelt_enum, (enum levl a), "SELECT 1 AS n")
  AR_SQL(unlike_any, (mpz_t_of_gmp a), "SELECT 1 AS n")
  AR_SQL(plain_char, (char a), "SELECT 1 AS n")
  AR_SQL(long_double, (long double a), "SELECT 1 AS n")
  AR_SQL(of_a_struct, (struct point a), "SELECT 1 AS n")
  AR_SQL(pointer, (int64_t *a), "SELECT 1 AS n")
  AR_SQL(pointers, (const char **a), "SELECT 1 AS n")
  AR_SQL(characters, (char a[8]), "SELECT 1 AS n")
  AR_SQL(more_characters, (code a), "SELECT 1 AS n")
  AR_SQL(sized, (int64_t a[8]), "SELECT 1 AS n")
  AR_SQL(of_tables, (int64_t a AR_PRIMARY_KEY), "SELECT 1 AS n")
  AR_SQL(no_attribute, (int64_t a AR_NULABLE), "SELECT 1 AS n")
  AR_SQL(same_names, (int64_t a, int64_t a), "SELECT 1 AS n")
  AR_SQL(one_long, (long a, long long b, unsigned long c), "SELECT :a + :b + :c AS n")
  AR_SQL(nothing, (void a), "SELECT 1 AS n")
  AR_SQL(two_words, (long char a), "SELECT 1 AS n")
  AR_SQL(sized_strings, (const char *a[3]), "SELECT 1 AS n")
  AR_SQL(sized_bytes, (unsigned char a[3]), "SELECT :a AS n")
  AR_SQL(unlike_all, (int64_t a AR_QWERTZUIOP_YXCVBNM), "SELECT 1 AS n");
