/* The interface of the shared library. It does not expose Armature. */
#ifndef BOOKS_H
#define BOOKS_H

/* Add a book to a new database and return the number of books, or -1 on failure. */
int books_count(void);

#endif
