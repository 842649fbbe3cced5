// What Swift cannot call of SQLite: functions with a variable number of arguments.
int csqlite_forgo_memory_statistics(void);
