/* The shared library's interface, which says nothing of Armature. */
#ifndef BOOKS_H
#define BOOKS_H

/* How many books a fresh database has after one was added; -1 on failure. */
int books_count(void);

#endif
