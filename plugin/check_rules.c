/* The rules of the checks, which diagnostics in JSON and SARIF name. */
#include "check.h"

const struct diagnostic_rule check_rule_list[] = {
    {"header", "A header cannot be read, or clang reports an error in it."},
    {"attribute", "An attribute is malformed, unknown, or on something that cannot have it."},
    {"model", "A struct cannot be a model as it is declared."},
    {"column", "A field cannot be a column as it is declared, or a constraint on it is wrong."},
    {"relation", "A relation does not fit its models."},
    {"shard", "A shard key is missing in a key, a unique index or a relation, or a reference table is wrong."},
    {"index", "An index is wrong or superfluous."},
    {"hook", "A hook does not fit its model."},
    {"row", "A struct cannot be the result of a statement as it is declared."},
    {"name", "Two generated names are the same."},
    {"sql", "A statement of AR_SQL is wrong, or does not fit its parameters or its result."},
    {"view", "The SELECT of a view is wrong, or does not fit its struct."},
    {"full-scan", "A statement reads all rows of a table that an index could find."},
    {"unchecked", "Something was not checked, because the tool was built without what it needs."},
};

const size_t check_rule_count = sizeof check_rule_list / sizeof *check_rule_list;
