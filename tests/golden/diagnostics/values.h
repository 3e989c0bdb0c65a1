/* Values of attributes that are malformed, of another kind, or out of range. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

enum mark { MARK_TAB AR_LABEL("a\tb"), MARK_EMPTY AR_LABEL(""), MARK_DELETE AR_LABEL("") };
enum mood { GOOD, BAD };

struct tag {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(tags);

struct post {
    int64_t id AR_PRIMARY_KEY;
    const char *spaced AR_LENGTH(- 1, 2);
    const char *long_text AR_LENGTH(0, 4294967296);
    const char *with_sign AR_LENGTH(+1, 2);
    double of_strings AR_RANGE("0", "1");
    double of_exponents AR_RANGE(-1.5e+2, +1.5E+2);
    double of_half_a_number AR_RANGE(1e, 2);
    int64_t of_words AR_DECIMAL(10, two);
    const char *of_number AR_SQL_TYPE(3);
    const char *of_list AR_SQL_TYPE((a, b));
    const char *of_depth AR_SQL_TYPE("numeric((3))");
    const char *with_spaces AR_SQL_TYPE("bit (3) ");
    const char *as_numbers AR_SQL_TYPE("citext", .sqlite = "POINTTEXT");
    const char *as_clob AR_SQL_TYPE("citext", .sqlite = "CLOB");
    enum mark mark AR_ENUM_TEXT;
    enum mood list_type AR_ENUM_TYPE((a));
    enum mood long_type AR_ENUM_TYPE("a name of a type that is so long that PostgreSQL truncates it at its end");
    int64_t checked AR_CHECK("checked > 0", .postgresql = 3);
    int64_t named AR_CHECK("named > 0", .name = (a));
    int64_t generated AR_GENERATED("1", .postgresql = "");
    int64_t generated_twice AR_GENERATED("1", .sqlite = "2");
    int64_t column AR_COLUMN("a\tb");
} AR_TABLE(posts)
  AR_UNIQUE_KEY(spaced, 1)
  AR_UNIQUE_KEY(spaced, ("named"))
  AR_INDEX(without_comma spaced, named)
  AR_INDEX((spaced), named)
  AR_INDEX(of_list, (spaced, named))
  AR_INDEX(of_direction, spaced up)
  AR_INDEX(of_directions, spaced ASC, named DESC)
  AR_INDEX(of_nothing, "")
  AR_HAS_MANY_THROUGH(tags, "1x", y)
  AR_BELONGS_TO_ANY(1, named, column, tag)
  AR_BELONGS_TO_ANY(any, named, column, 1)
  AR_BELONGS_TO_ONE_OF("", a, b)
  AR_BELONGS_TO(tag, named, .where = {.x})
  AR_BELONGS_TO(tag, named, .where = {.x = 1 .y = 2})
  AR_BELONGS_TO(tag, named, .where = {. = 2})
  AR_BELONGS_TO(tag, named, .where)
  AR_BELONGS_TO(tag, (named = 1 = 2))
  AR_BELONGS_TO(tag, (named = ))
  AR_TABLE(again)
  AR_SQL(three_arrays, (const uint8_t x[][16][3]), "SELECT * FROM posts WHERE id IN (:x)")
  AR_SQL(list_of_array, (const uint8_t x[16][]), "SELECT * FROM posts WHERE id = :x")
  AR_SQL(two_lists, (const int64_t x[][]), "SELECT * FROM posts WHERE id IN (:x)")
  AR_SQL(macro_size, (const uint8_t x[SIZE]), "SELECT * FROM posts WHERE id = :x")
  AR_SQL(no_size, (const uint8_t x[0]), "SELECT * FROM posts WHERE id = :x")
  AR_SQL(negative_size, (const uint8_t x[-1]), "SELECT * FROM posts WHERE id = :x")
  AR_SQL(large_size, (const uint8_t x[4294967297]), "SELECT * FROM posts WHERE id = :x")
  AR_SQL(after_attribute, (const char *x AR_DECIMAL(10, 2) y), "SELECT * FROM posts WHERE id = :x")
  AR_SQL(nested_arguments, (const char *x AR_LENGTH((1), 2)), "SELECT * FROM posts WHERE spaced = :x")
  AR_SQL(one_string, (void), "SELECT * FROM posts", .one = "true")
  AR_SQL(one_word, (void), "SELECT * FROM posts", .one = maybe);

struct view {
    int64_t id;
} AR_VIEW(views, "SELECT 1 AS id") AR_VIEW(again, "SELECT 1 AS id");

struct number_view {
    int64_t id;
} AR_VIEW(number_views, 3);

struct kinds {
    int64_t id AR_PRIMARY_KEY;
    int64_t cents AR_DECIMAL(10, 2) AR_RANGE("0", 1);
    int64_t of_tuple AR_DEFAULT((1, 2));
    int64_t of_group AR_DEFAULT({ .a = 1 });
    time_t of_digits AR_STORED_AS(iso, six);
    time_t of_fewer_digits AR_STORED_AS(iso, -1);
    struct ar_date day AR_STORED_AS(days);
    uint8_t made[16] AR_UUID AR_GENERATE_UUID("v7");
    int64_t control AR_COLUMN("a");
    const char *closed AR_SQL_TYPE("numeric)");
    const char *word AR_SQL_TYPE(citext);
    const char *number_as AR_SQL_TYPE("citext", .sqlite = 3);
    enum mark deleted AR_ENUM_TEXT;
} AR_TABLE(kinds, .read_only = "true")
  AR_HAS_MANY("$posts", kind_id)
  AR_HAS_MANY(posts, 5)
  AR_HAS_MANY(größen, kind_id)
  AR_HAS_MANY(a, kind_id, .target = kinds, .cache = { .ttl = -1 })
  AR_HAS_MANY(b, kind_id, .target = kinds, .cache = { .max_size = 99999999999999 })
  AR_HAS_MANY_THROUGH(c, a, b, .distinct = "true")
  AR_HAS_MANY_THROUGH(d, a, b, .distinct = false)
  AR_BELONGS_TO(e, id, .target = kinds, .touch = "true")
  AR_BELONGS_TO(tag, (a.b = c))
  AR_BELONGS_TO_ANY(any, 5, id, tag)
  AR_BELONGS_TO_ANY(some, word, 5, tag)
  AR_SQL("x", (), "SELECT 1 AS id")
  AR_SQL(one_false, (), "SELECT * FROM kinds", .one = false)
  AR_SQL(pointer_only, (*), "SELECT * FROM kinds")
  AR_SQL(digit_first, (3 x), "SELECT * FROM kinds")
  AR_SQL(only_attribute, (AR_DECIMAL(1, 0)), "SELECT * FROM kinds");

struct spaces {
    int64_t id;
} AR_VIEW(spaces, " \n ");

struct number_read_only {
    int64_t id;
} AR_TABLE(numbers, .read_only = 1);
