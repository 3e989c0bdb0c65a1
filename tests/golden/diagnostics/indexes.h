/* Wrong names, columns and SQL of AR_INDEX. */
#include <armature/annotations.h>
#include <stdint.h>

struct author {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(authors)
  AR_INDEX(books_title, id, id desc)                    /* another model has this index */
  AR_INDEX(authors_pkey, "id + 1");                     /* the name of the primary key */

struct book {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     author_id;
    const char *title     AR_COLUMN(name);
    const char *isbn      AR_UNIQUE;
    int64_t     year;
    int         rank      AR_TRANSIENT;
    int         a_name_of_a_field_that_is_longer_than_any_name_that_is_compared_with_others_;
} AR_TABLE(books)
  AR_UNIQUE_KEY(author_id, title)
  AR_INDEX(books_title, title)
  AR_INDEX(authors, title, id)                          /* the name of a table */
  AR_INDEX(books_titel, titel)
  AR_INDEX(books_rank, rank)
  AR_INDEX(books_again, title, year desc, .where = "year > 0")
  AR_INDEX(books_twice, title, year desc, .where = "year > 0")
  AR_INDEX(books_isbn, isbn)                            /* AR_UNIQUE has it */
  AR_INDEX(books_author, author_id, title)              /* AR_UNIQUE_KEY has it */
  AR_INDEX(books_id, id)                                /* AR_PRIMARY_KEY has it */
  AR_INDEX(sqlite_books, year)
  AR_INDEX(books_by_the_year_in_which_they_were_published_for_the_first_time, year, id)
  AR_INDEX(books_where, year, title, .where = "titel IS NULL")
  AR_INDEX(books_syntax, year, title, .where = "year >")
  AR_INDEX(books_random, "random()")
  AR_INDEX(books_sum, "sum(year)")
  AR_INDEX(books_lower, "lower(title)")                 /* the column is `name` */
  AR_INDEX(books_query, "(SELECT 1)")
  AR_INDEX(books_end, "year); DROP TABLE books")
  AR_INDEX(books_down, year down)
  AR_INDEX(books_comma year)
  AR_INDEX(books_only, year, .unique = false)
  AR_INDEX(books_option, year, .uniqe = true)
  AR_INDEX(books_where_word, year, .where = year)
  AR_INDEX(books_options, year, .unique = true, .unique = true)
  AR_INDEX(books_none)
  AR_INDEX(books_long, a_name_of_a_field_that_is_longer_than_any_name_that_is_compared_with_others)
  AR_INDEX(books_unlike, what_is_the_name_of_no_field)
  AR_INDEX(books_up, title, year, .where = "year > 0")
  AR_INDEX(books_isbn_down, isbn desc)
  AR_INDEX(books_expression, "year + 1")
  AR_INDEX(books_other_expression, "year + 2")
  AR_INDEX(books_unique_word, year, .unique = yes)
  AR_INDEX(books_unique_string, year, .unique = "true");
