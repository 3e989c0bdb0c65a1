/* Foreign keys in a cycle, to their own table, and from the same columns to two tables; names that are too
 * long for PostgreSQL, that have capitals, and one that PostgreSQL gives to an index of its own. */
#ifndef REFERENCES_H
#define REFERENCES_H

#include <armature/annotations.h>
#include <stdint.h>

struct employee {
    int32_t EmployeeId AR_PRIMARY_KEY;
    int32_t ReportsTo AR_NULLABLE;
    int16_t department AR_NULLABLE AR_COLUMN("the employee's $$ department");
    const char *FirstName AR_NOT_NULL;
} AR_TABLE(Employee)
  AR_BELONGS_TO(manager, ReportsTo, .target = employee)
  AR_BELONGS_TO(department, department, employees);

struct department {
    int16_t id AR_PRIMARY_KEY;
    int32_t head_id;
    const char *pkey AR_UNIQUE;
    const char *the_name_under_which_the_department_is_known_in_all_other_place AR_UNIQUE;
    const char *the_name_under_which_the_department_is_known_in_all_other_part AR_UNIQUE;
} AR_TABLE("department's")
  AR_BELONGS_TO(head, head_id, .target = employee)
  AR_HAS_MANY(employees, department, department, .target = employee);

struct project {
    uint8_t tenant[16] AR_UUID AR_PRIMARY_KEY;
    const char *code AR_PRIMARY_KEY;
    uint8_t first_task AR_NULLABLE;
} AR_TABLE(projects)
  AR_BELONGS_TO(opening, (tenant, code, first_task), .target = task)
  AR_HAS_MANY(tasks, (tenant, project), project);

struct task {
    uint8_t tenant[16] AR_UUID AR_PRIMARY_KEY;
    char project[20] AR_PRIMARY_KEY;
    uint8_t number AR_PRIMARY_KEY;
} AR_TABLE(tasks)
  AR_BELONGS_TO(project, (tenant, project), tasks)
  AR_BELONGS_TO(plan, (tenant, project), .target = plan);

struct plan {
    uint8_t tenant[16] AR_UUID AR_PRIMARY_KEY;
    char project[20] AR_PRIMARY_KEY;
    double budget;
} AR_TABLE(Plan);

#endif
