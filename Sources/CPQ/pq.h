#pragma once
#include <dlfcn.h>
#include <string.h>

// libpq is loaded when a catalog on PostgreSQL is first opened, and not linked: who keeps catalogs
// in files pays nothing for it and need not have it. Neither is its header needed to build: its
// binary interface has been version 5 since 2005, and what is used of it is declared here.
typedef struct ova_pq_connection ova_pq_connection;
typedef struct ova_pq_result ova_pq_result;

enum {
  OVA_PQ_CONNECTED = 0,    // CONNECTION_OK
  OVA_PQ_COMMAND_DONE = 1, // PGRES_COMMAND_OK
  OVA_PQ_ROWS = 2,         // PGRES_TUPLES_OK
  OVA_PQ_COPY_IN = 4,      // PGRES_COPY_IN
  OVA_PQ_STATE = 'C',      // PG_DIAG_SQLSTATE
  OVA_PQ_MESSAGE = 'M',    // PG_DIAG_MESSAGE_PRIMARY
};

typedef struct {
  ova_pq_connection *(*connectdbParams)(const char *const *, const char *const *, int);
  int (*status)(const ova_pq_connection *);
  void (*finish)(ova_pq_connection *);
  char *(*errorMessage)(const ova_pq_connection *);
  const char *(*parameterStatus)(const ova_pq_connection *, const char *);
  void *(*setNoticeReceiver)(
    ova_pq_connection *, void (*)(void *, const ova_pq_result *), void *);
  ova_pq_result *(*exec)(ova_pq_connection *, const char *);
  ova_pq_result *(*prepare)(
    ova_pq_connection *, const char *, const char *, int, const unsigned int *);
  ova_pq_result *(*execPrepared)(
    ova_pq_connection *, const char *, int, const char *const *, const int *, const int *, int);
  ova_pq_result *(*execParams)(
    ova_pq_connection *, const char *, int, const unsigned int *, const char *const *, const int *,
    const int *, int);
  int (*resultStatus)(const ova_pq_result *);
  char *(*resultErrorField)(const ova_pq_result *, int);
  char *(*cmdTuples)(ova_pq_result *);
  int (*ntuples)(const ova_pq_result *);
  unsigned int (*ftype)(const ova_pq_result *, int);
  char *(*getvalue)(const ova_pq_result *, int, int);
  int (*getlength)(const ova_pq_result *, int, int);
  int (*getisnull)(const ova_pq_result *, int, int);
  void (*clear)(ova_pq_result *);
  int (*putCopyData)(ova_pq_connection *, const char *, int);
  int (*putCopyEnd)(ova_pq_connection *, const char *);
  ova_pq_result *(*getResult)(ova_pq_connection *);
} ova_pq;

// Finds the functions in the library of a file name. Returns 0, or -1 where the file or one of them
// is not there.
static inline int ova_pq_load(ova_pq *pq, const char *file) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) return -1;
#define OVA_PQ_FIND(name) \
  do { \
    void *address = dlsym(library, "PQ" #name); \
    if (!address) return -1; \
    memcpy(&pq->name, &address, sizeof address); \
  } while (0)
  OVA_PQ_FIND(connectdbParams);
  OVA_PQ_FIND(status);
  OVA_PQ_FIND(finish);
  OVA_PQ_FIND(errorMessage);
  OVA_PQ_FIND(parameterStatus);
  OVA_PQ_FIND(setNoticeReceiver);
  OVA_PQ_FIND(exec);
  OVA_PQ_FIND(prepare);
  OVA_PQ_FIND(execPrepared);
  OVA_PQ_FIND(execParams);
  OVA_PQ_FIND(resultStatus);
  OVA_PQ_FIND(resultErrorField);
  OVA_PQ_FIND(cmdTuples);
  OVA_PQ_FIND(ntuples);
  OVA_PQ_FIND(ftype);
  OVA_PQ_FIND(getvalue);
  OVA_PQ_FIND(getlength);
  OVA_PQ_FIND(getisnull);
  OVA_PQ_FIND(clear);
  OVA_PQ_FIND(putCopyData);
  OVA_PQ_FIND(putCopyEnd);
  OVA_PQ_FIND(getResult);
#undef OVA_PQ_FIND
  return 0;
}

// Takes what the server says beside its answers, which libpq would write on the error output.
static inline void ova_pq_quiet(void *nobody, const ova_pq_result *notice) {
  (void)nobody;
  (void)notice;
}
