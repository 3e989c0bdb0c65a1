/** @file
 * Armature: relations for plain C structs. Includes the whole public interface of the runtime; generated headers
 * include it. */
#ifndef ARMATURE_H
#define ARMATURE_H

/** The version of Armature, "major.minor.patch". */
#define ARMATURE_VERSION "0.1.0"

#include <armature/aggregate.h>
#include <armature/annotations.h>
#include <armature/assign.h>
#include <armature/compare.h>
#include <armature/condition.h>
#include <armature/databases.h>
#include <armature/db.h>
#include <armature/each.h>
#include <armature/graph.h>
#include <armature/hierarchy.h>
#include <armature/hook.h>
#include <armature/json.h>
#include <armature/links.h>
#include <armature/migrate.h>
#include <armature/model.h>
#include <armature/only.h>
#include <armature/page.h>
#include <armature/position.h>
#include <armature/query.h>
#include <armature/record.h>
#include <armature/related.h>
#include <armature/relation.h>
#include <armature/schema.h>
#include <armature/scope.h>
#include <armature/session.h>
#include <armature/statement.h>
#include <armature/status.h>
#include <armature/trace.h>
#include <armature/union.h>
#include <armature/upsert.h>
#include <armature/uuid.h>
#include <armature/value.h>

#endif
