/* The table of workloads and their limits. */
#include "workload.h"

#include "data.h"
#include "data_shapes.h"
#include "nodes.h"

#include <libpq-fe.h> /* LIBPQ_HAS_CHUNK_MODE */

enum {
    LINES = 10000,
    TREE_USERS = 1000,
    LEVELS_USERS = 100,
    SLOW_USERS = 10,
    BELONGS_TO_POSTS = 1000,
    FINDS = 1000,
    REQUESTS = 1000,
    PAGES = 200,
    SERVER_REQUESTS = 200, /* on PostgreSQL, where each one takes two round trips at most */
    INSERTS = 10000,
    SINGLE = 1000
};
enum {
    TREE_ROWS = TREE_USERS * 11,
    LEVELS_ROWS = LEVELS_USERS * 61,
    DIESEL_ROWS = 11100,
    BOOK_ROWS = 1000 * (1 + BOOKS_OF_EACH)
};

static const char find[] = "1,000 users by key, in a session", users[] = "10,000 users of 8 columns",
                  users_read_only[] = "the same, read-only session",
                  users_single_row[] = "the same, C in single-row mode",
                  lazy[] = "1,000 posts, then each one's user, lazily", belongs_to[] = "the same, eagerly",
                  tree[] = "1,000 users with their 10 posts, eagerly", tree_read_only[] = "the same, read-only session",
                  levels[] = "100 users, 1,000 posts, 5,000 comments, eagerly",
                  slow[] = "10 users, 100 posts, 500 comments, 3 ms a round trip",
                  slow_half[] = "100 users, 1,000 posts, 5,000 comments, 0.5 ms a round trip",
                  slow_5[] = "the same, 5 ms", slow_20[] = "the same, 20 ms",
                  diesel[] = "100 authors × 10 articles × 10 remarks, no index", texts[] = "2,000 rows of 4 to 64 KiB",
                  fan[] = "1 parent with 200,000 children, eagerly", revised[] = "the same, nearly sorted",
                  shuffled[] = "the same, in random order", sparse[] = "100,000 parents with 0 to 3 children, eagerly",
                  shelves[] = "10,000 rows, key of two strings", books[] = "1,000 such with their 10 children, eagerly",
                  sessions[] = "1,000 sessions with one find each",
                  lazy_requests[] = "1,000 times: clear, find, and one lazy access",
                  stream[] = "100,000 posts in chunks of 1,000, each with its user",
                  rows[] = "10,000 rows of user SQL of 8 columns", lines[] = "10,000 rows of user SQL, a join",
                  sorted[] = "the same, sorted", counts[] = "1,000 users with the number of their posts",
                  nodes[] = "a tree of 10,000 nodes", through[] = "1,000 posts with their 10 tags and taggings",
                  many_to_many[] = "1,000 posts with their 10 tags, without a struct",
                  any[] = "10,000 notices about users, posts and comments, eagerly",
                  few[] = "1,000 times: clear, and 10 users", pages[] = "200 times: clear, and a film's 4 relations",
                  many[] = "1,000 lists of 100 models, lazily", server_sessions[] = "200 sessions with one find each",
                  server_requests[] = "200 times: clear, find, and one lazy access",
                  server_few[] = "200 times: clear, and 10 users",
                  film_lists[] = "200 times: clear, and 1 to 10 films' 4 relations",
                  insert_many[] = "insert 10,000 in one transaction", insert[] = "save 1,000 new, one by one",
                  update[] = "update 1,000, one by one", delete[] = "delete 1,000, one by one";

/* clang-format off */
const struct workload workloads[] = {
    {"W1", SQLITE, find, FINDS, FINDS, &armature_find, {&sqlite_find}, 1.15},
    {"W2", SQLITE, users, USER_COUNT, USER_COUNT, &armature_users, {&sqlite_users}, 0.75},
    {"W2r", SQLITE, users_read_only, USER_COUNT, USER_COUNT, &armature_users_read_only, {&sqlite_users}, 0.75},
    {"W3", SQLITE, lazy, BELONGS_TO_POSTS, BELONGS_TO_POSTS * 2, &armature_lazy,
        {&sqlite_belongs_to_join, &sqlite_belongs_to_batch, &sqlite_lazy}, 1.2},
    {"W3e", SQLITE, belongs_to, BELONGS_TO_POSTS, BELONGS_TO_POSTS * 2, &armature_belongs_to,
        {&sqlite_belongs_to_join, &sqlite_belongs_to_batch, &sqlite_lazy}, 1.0},
    {"W4", SQLITE, tree, TREE_USERS, TREE_ROWS, &armature_tree, {&sqlite_tree}, 1.0},
    {"W4r", SQLITE, tree_read_only, TREE_USERS, TREE_ROWS, &armature_tree_read_only, {&sqlite_tree}, 1.0},
    {"W5", SQLITE, levels, LEVELS_USERS, LEVELS_ROWS, &armature_levels, {&sqlite_levels}, 1.0},
    {"W6", SQLITE, diesel, AUTHOR_COUNT, DIESEL_ROWS, &armature_diesel, {&sqlite_diesel}, 1.0},
    {"W7", SQLITE, insert_many, INSERTS, INSERTS, &armature_insert_many, {&sqlite_insert_many}, 1.1},
    {"rows", SQLITE, rows, USER_COUNT, USER_COUNT, &armature_rows, {&sqlite_users}, 0.8},
    {"lines", SQLITE, lines, LINES, LINES, &armature_lines, {&sqlite_lines}, 1.0},
    {"sorted", SQLITE, sorted, LINES, LINES, &armature_sorted, {&sqlite_sorted}, 1.0},
    {"counts", SQLITE, counts, TREE_USERS, TREE_USERS, &armature_counts, {&sqlite_counts, &sqlite_counts_grouped}, 1.15},
    {"stream", SQLITE, stream, POST_COUNT, POST_COUNT * 2, &armature_stream,
        {&sqlite_stream, &sqlite_stream_by_keys}, 1.15},
    {"nodes", SQLITE, nodes, NODE_COUNT, NODE_COUNT, &armature_nodes, {&sqlite_nodes, &sqlite_nodes_by_key}, 1.15},
    {"through", SQLITE, through, TAGGED_POSTS, TAGGED_POSTS * 21, &armature_through, {&sqlite_through}, 1.15},
    {"many", SQLITE, many_to_many, TAGGED_POSTS, TAGGED_POSTS * 11, &armature_many_to_many, {&sqlite_many_to_many},
        1.15},
    {"any", SQLITE, any, NOTICE_COUNT, NOTICE_COUNT * 2, &armature_notices,
        {&sqlite_notices, &sqlite_notices_join, &sqlite_notices_one_by_one}, 1.15},
    {"texts", SQLITE, texts, DOCUMENT_COUNT, DOCUMENT_COUNT, &armature_texts, {&sqlite_texts}, 1.1},
    {"fan", SQLITE, fan, ENTRY_COUNT, ENTRY_COUNT, &armature_fan, {&sqlite_fan}, 1.1},
    {"revised", SQLITE, revised, ENTRY_COUNT, ENTRY_COUNT, &armature_revised,
        {&sqlite_revised, &sqlite_revised_ordered}, 1.15},
    {"shuffled", SQLITE, shuffled, ENTRY_COUNT, ENTRY_COUNT, &armature_shuffled,
        {&sqlite_shuffled, &sqlite_shuffled_ordered}, 1.15},
    {"sparse", SQLITE, sparse, PARCEL_COUNT, PARCEL_COUNT + ITEM_COUNT, &armature_sparse, {&sqlite_sparse}, 1.15},
    {"shelves", SQLITE, shelves, SHELF_COUNT, SHELF_COUNT, &armature_shelves, {&sqlite_shelves}, 1.1},
    {"books", SQLITE, books, BOOK_ROWS, BOOK_ROWS, &armature_books, {&sqlite_books}, 1.1},
    {"session", SQLITE, sessions, REQUESTS, REQUESTS, &armature_sessions, {&sqlite_sessions}, 1.1},
    {"request", SQLITE, lazy_requests, REQUESTS, REQUESTS * 2, &armature_lazy_requests, {&sqlite_lazy_requests}, 1.2},
    {"few", SQLITE, few, REQUESTS, REQUESTS * 10, &armature_few, {&sqlite_few}, 1.1},
    {"page", SQLITE, pages, PAGES, PAGES * 14, &armature_pages, {&sqlite_pages}, 1.1},
    {"many models", SQLITE, many, KIND_COUNT * HUB_COUNT, KIND_COUNT * HUB_COUNT, &armature_many, {&sqlite_many}, 1.15},
    {"save", SQLITE, insert, SINGLE, SINGLE, &armature_insert, {&sqlite_insert}, 1.45},
    {"update", SQLITE, update, SINGLE, SINGLE, &armature_update, {&sqlite_update}, 1.3},
    {"delete", SQLITE, delete, SINGLE, SINGLE, &armature_delete, {&sqlite_delete}, 1.4},

    {"W1", POSTGRESQL, find, FINDS, FINDS, &armature_find, {&postgresql_find}, 1.05},
    {"W2", POSTGRESQL, users, USER_COUNT, USER_COUNT, &armature_users, {&postgresql_users}, 0.95},
    {"W2s", POSTGRESQL, users_single_row, USER_COUNT, USER_COUNT, &armature_users, {&postgresql_users_single_row}, 1.1},
#ifdef LIBPQ_HAS_CHUNK_MODE
    {"W2c", POSTGRESQL, "the same, C in chunked rows mode", USER_COUNT, USER_COUNT, &armature_users, {&postgresql_users_chunks}, 1.15},
#endif
    {"W2r", POSTGRESQL, users_read_only, USER_COUNT, USER_COUNT, &armature_users_read_only, {&postgresql_users}, 0.95},
    {"W3", POSTGRESQL, lazy, BELONGS_TO_POSTS, BELONGS_TO_POSTS * 2, &armature_lazy,
        {&postgresql_belongs_to_join, &postgresql_belongs_to_batch}, 1.2},
    {"W3e", POSTGRESQL, belongs_to, BELONGS_TO_POSTS, BELONGS_TO_POSTS * 2, &armature_belongs_to,
        {&postgresql_belongs_to_join, &postgresql_belongs_to_batch}, 1.1},
    {"W4", POSTGRESQL, tree, TREE_USERS, TREE_ROWS, &armature_tree, {&postgresql_tree, &postgresql_tree_join}, 1.1},
    {"W4r", POSTGRESQL, tree_read_only, TREE_USERS, TREE_ROWS, &armature_tree_read_only,
        {&postgresql_tree, &postgresql_tree_join}, 1.1},
    {"W5", POSTGRESQL, levels, LEVELS_USERS, LEVELS_ROWS, &armature_levels, {&postgresql_levels}, 1.1},
    {"W6", POSTGRESQL, diesel, AUTHOR_COUNT, DIESEL_ROWS, &armature_diesel,
        {&postgresql_diesel, &postgresql_diesel_by_keys}, 1.1},
    {"W7", POSTGRESQL, insert_many, INSERTS, INSERTS, &armature_insert_many,
        {&postgresql_insert_unnest, &postgresql_insert_copy}, 1.1},
    {"rows", POSTGRESQL, rows, USER_COUNT, USER_COUNT, &armature_rows, {&postgresql_users}, 0.95},
    {"lines", POSTGRESQL, lines, LINES, LINES, &armature_lines, {&postgresql_lines}, 1.0},
    {"sorted", POSTGRESQL, sorted, LINES, LINES, &armature_sorted, {&postgresql_sorted}, 1.0},
    {"counts", POSTGRESQL, counts, TREE_USERS, TREE_USERS, &armature_counts,
        {&postgresql_counts, &postgresql_counts_grouped}, 1.1},
    {"stream", POSTGRESQL, stream, POST_COUNT, POST_COUNT * 2, &armature_stream,
        {&postgresql_stream, &postgresql_stream_chunks}, 1.1},
    {"nodes", POSTGRESQL, nodes, NODE_COUNT, NODE_COUNT, &armature_nodes,
        {&postgresql_nodes, &postgresql_nodes_by_key}, 1.1},
    {"through", POSTGRESQL, through, TAGGED_POSTS, TAGGED_POSTS * 21, &armature_through,
        {&postgresql_through, &postgresql_through_links}, 1.1},
    {"many", POSTGRESQL, many_to_many, TAGGED_POSTS, TAGGED_POSTS * 11, &armature_many_to_many,
        {&postgresql_many_to_many, &postgresql_many_to_many_links}, 1.1},
    {"any", POSTGRESQL, any, NOTICE_COUNT, NOTICE_COUNT * 2, &armature_notices,
        {&postgresql_notices, &postgresql_notices_join}, 1.1},
    {"fan", POSTGRESQL, fan, ENTRY_COUNT, ENTRY_COUNT, &armature_fan, {&postgresql_fan, &postgresql_fan_single_row}, 1.15},
    {"revised", POSTGRESQL, revised, ENTRY_COUNT, ENTRY_COUNT, &armature_revised,
        {&postgresql_revised, &postgresql_revised_ordered}, 1.15},
    {"shuffled", POSTGRESQL, shuffled, ENTRY_COUNT, ENTRY_COUNT, &armature_shuffled,
        {&postgresql_shuffled, &postgresql_shuffled_ordered}, 1.15},
    {"session", POSTGRESQL, server_sessions, SERVER_REQUESTS, SERVER_REQUESTS, &armature_sessions,
        {&postgresql_sessions}, 1.15},
    {"request", POSTGRESQL, server_requests, SERVER_REQUESTS, SERVER_REQUESTS * 2, &armature_lazy_requests,
        {&postgresql_lazy_requests}, 1.15},
    {"few", POSTGRESQL, server_few, SERVER_REQUESTS, SERVER_REQUESTS * 10, &armature_few, {&postgresql_few}, 1.15},
    {"many models", POSTGRESQL, many, KIND_COUNT * HUB_COUNT, KIND_COUNT * HUB_COUNT, &armature_many,
        {&postgresql_many}, 1.15},
    {"save", POSTGRESQL, insert, SINGLE, SINGLE, &armature_insert, {&postgresql_insert}, 0},
    {"update", POSTGRESQL, update, SINGLE, SINGLE, &armature_update, {&postgresql_update}, 0},
    {"delete", POSTGRESQL, delete, SINGLE, SINGLE, &armature_delete, {&postgresql_delete}, 0},
    {0},
};

const struct workload page_workloads[] = {
    {"page", POSTGRESQL, pages, PAGES, PAGES * 14, &armature_pages,
        {&postgresql_pages, &postgresql_pages_in_one_trip}, 1.15},
    {"list", POSTGRESQL, film_lists, PAGES, PAGES * 77, &armature_lists,
        {&postgresql_lists, &postgresql_lists_with_kept_plans}, 1.15},
    {0},
};

const struct workload plan_workloads[] = {
    {"W4p", POSTGRESQL, tree, TREE_USERS, TREE_ROWS, &armature_tree,
        {&armature_tree_waves, &armature_tree_one_trip}, 1.15},
    {"W5p", POSTGRESQL, levels, LEVELS_USERS, LEVELS_ROWS, &armature_levels,
        {&armature_levels_waves, &armature_levels_one_trip}, 1.15},
    {0},
};

const struct slow_workload slow_workloads[] = {
    {{"slow", POSTGRESQL, slow, SLOW_USERS, SLOW_USERS * 61, &armature_levels, {&postgresql_levels_in_sequence}, 0.56},
        3000},
    {{"slow 0.5", POSTGRESQL, slow_half, LEVELS_USERS, LEVELS_ROWS, &armature_levels_settled,
        {&postgresql_levels, &postgresql_levels_in_one_trip}, 1.15}, 500},
    {{"slow 5", POSTGRESQL, slow_5, LEVELS_USERS, LEVELS_ROWS, &armature_levels_settled,
        {&postgresql_levels, &postgresql_levels_in_one_trip}, 1.15}, 5000},
    {{"slow 20", POSTGRESQL, slow_20, LEVELS_USERS, LEVELS_ROWS, &armature_levels_settled,
        {&postgresql_levels, &postgresql_levels_in_one_trip}, 1.15}, 20000},
    {{0}, 0},
};
/* clang-format on */

const char *database_name(enum database database)
{
    return database == SQLITE ? "sqlite" : "postgresql";
}
