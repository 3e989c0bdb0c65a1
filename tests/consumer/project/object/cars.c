#include "cars.h"

enum ar_status cars_add(struct ar_session *s, const char *plate)
{
    struct car car = {.plate = plate};
    return car_save(s, &car);
}
