/* The databases for which SQL is generated. */
#ifndef ARMATURE_PLUGIN_DIALECT_H
#define ARMATURE_PLUGIN_DIALECT_H

enum dialect { DIALECT_SQLITE, DIALECT_POSTGRESQL, DIALECT_COUNT };

#endif
