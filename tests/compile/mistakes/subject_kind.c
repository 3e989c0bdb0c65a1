/* A switch that does not handle every kind of a union. */
/* expect: COMMENT_SUBJECT_PHOTO.* not handled in switch */
#include "subjects.ar.h"

int use(struct comment_subject subject);

int use(struct comment_subject subject)
{
    switch (subject.kind) {
    case COMMENT_SUBJECT_NONE:
        return 0;
    case COMMENT_SUBJECT_ARTICLE:
        return subject.article != NULL;
#ifndef MISTAKE
    case COMMENT_SUBJECT_PHOTO:
        return subject.photo != NULL;
#endif
    }
    return 1;
}
