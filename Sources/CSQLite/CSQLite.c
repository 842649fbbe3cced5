#include "CSQLite.h"
#include <sqlite3.h>

/// Counting its memory costs SQLite a lock that all connections share, at every allocation. To be called before the
/// first connection is opened; gives SQLITE_OK.
int csqlite_forgo_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
