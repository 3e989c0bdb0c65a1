/* The interface of the object library, apart from its models. */
#ifndef CARS_H
#define CARS_H

#include "car.ar.h"

/* Save a car with this plate. */
AR_MUST_CHECK enum ar_status cars_add(struct ar_session *s, const char *plate);

#endif
