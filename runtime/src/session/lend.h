/* A session that borrows the link of another one, with records of its own. It is used while that one is not. */
#ifndef AR_SESSION_LEND_H
#define AR_SESSION_LEND_H

struct ar_session;

/* Open a session with the options of `s` that borrows its link (link/lend.h). Return NULL if out of memory. */
struct ar_session *ar_session_lend(struct ar_session *s);

/* Close the borrower, rolling back what it has begun. If it has written, `s` reads its records and relations again. */
void ar_session_take_back(struct ar_session *s, struct ar_session *borrower);

#endif
