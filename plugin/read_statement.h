/* Reads AR_ROW and AR_SQL. */
#ifndef ARMATURE_PLUGIN_READ_STATEMENT_H
#define ARMATURE_PLUGIN_READ_STATEMENT_H

#include "reading.h"

void read_row(const struct reading *reading, struct model *model);
void read_statement(const struct reading *reading, struct model *model);

/* Read a parameter, as it is declared: `const char *tag AR_NULLABLE`. Return false after reporting an error. */
bool read_parameter(const struct reading *reading, const char *text, struct sql_parameter *out);

#endif
