/* The steps of the program. Each prints what it did; main.c prints the number of statements that it ran. */
#ifndef STEPS_H
#define STEPS_H

#include "tracker.ar.h"

/* Stop the program with the session's error message if a call failed. */
void check(struct ar_session *s, enum ar_status status);

/* Return the record with this name; stop the program if there is none. */
struct organisation *find_organisation(struct ar_session *s, const char *name);
struct project *find_project(struct ar_session *s, const char *name);
struct issue *find_issue(struct ar_session *s, const char *title);

/* seed.c */
void create_tables(struct ar_session *s);
void save_a_graph(struct ar_session *s);
void import_people(struct ar_session *s);
void attach_labels(struct ar_session *s);
void comment_on_anything(struct ar_session *s);

/* reading.c */
void show_the_board(struct ar_session *s);
void turn_pages(struct ar_session *s);
void filter_by_related_rows(struct ar_session *s);
void count_without_loading(struct ar_session *s);
void walk_the_tree(struct ar_session *s);
void list_members(struct ar_session *s);
void read_the_feed(struct ar_session *s);
void stream_everything(struct ar_session *s);

/* writing.c */
void report_all_broken_rules(struct ar_session *s);
void close_an_issue(struct ar_session *s);
void move_an_issue(struct ar_session *s);
void take_the_next_issue(struct ar_session *s);
void delete_and_restore(struct ar_session *s);
void refuse_a_delete(struct ar_session *s);
void delete_a_project(struct ar_session *s);

#endif
