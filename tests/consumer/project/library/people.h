/* The interface of the static library, apart from its models. */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "account/user.ar.h"

/* Save a user and its membership. */
AR_MUST_CHECK enum ar_status people_join(struct ar_session *s, struct user *user);

#endif
