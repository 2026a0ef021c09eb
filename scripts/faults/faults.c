// A library that is loaded before all others (LD_PRELOAD) and lets the system calls of a process
// fail. Built by the tests and by scripts/test-faults:  cc -shared -fPIC -o faults.so faults.c -ldl
//
//   FAULT=CALLS:N:KIND  What happens. CALLS are names of calls, with commas between them. N is the
//                       number of the call, from 1 on, among those that concern FAULT_UNDER; with a
//                       '+' all from that one on. KIND is one of
//                         an errno name       the call does nothing and fails so
//                         short               reading or writing does half of what was asked for
//                         hang                the call never returns
//                         append, cut, rewrite, replace
//                                             the file is lengthened, cut to half, written over in
//                                             place or replaced with FAULT_WITH, and the call goes on
//   FAULT_UNDER         The folder of the files that are concerned; calls for others are let alone.
//   FAULT_WITH          The file whose content `rewrite` and `replace` put there.
//   FAULT_MARK          This file is made at the first fault, and names the call and the file.
//   FAULT_CLOCK         Seconds by which the clock jumps back and forth each time it is asked.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum kind { NONE, FAIL, SHORT, HANG, APPEND, CUT, REWRITE, REPLACE };

static char calls[256];
static long first;
static int lasts;
static enum kind kind = NONE;
static int number;
static const char *under, *with, *mark;
static long jump;
static atomic_long count, asked;

static const struct {
  const char *name;
  int number;
} errors[] = {{"EIO", EIO},       {"EINTR", EINTR},   {"ENOSPC", ENOSPC}, {"EACCES", EACCES},
              {"ESTALE", ESTALE}, {"EDQUOT", EDQUOT}, {"EMFILE", EMFILE}, {"EROFS", EROFS},
              {"ENOMEM", ENOMEM}, {"EAGAIN", EAGAIN}, {"EPERM", EPERM},   {"ENOLCK", ENOLCK}};
static const struct {
  const char *name;
  enum kind kind;
} kinds[] = {{"short", SHORT}, {"hang", HANG},       {"append", APPEND},
             {"cut", CUT},     {"rewrite", REWRITE}, {"replace", REPLACE}};

__attribute__((constructor)) static void begin(void) {
  const char *clock = getenv("FAULT_CLOCK");
  if (clock) jump = atol(clock);
  under = getenv("FAULT_UNDER");
  with = getenv("FAULT_WITH");
  mark = getenv("FAULT_MARK");
  const char *fault = getenv("FAULT");
  if (!fault || !under) return;
  char name[32] = "", plus[2] = "";
  if (sscanf(fault, "%255[^:]:%ld%1[+]:%31s", calls, &first, plus, name) != 4 &&
      sscanf(fault, "%255[^:]:%ld:%31s", calls, &first, name) != 3) {
    dprintf(2, "faults: cannot understand FAULT=%s\n", fault);
    _exit(99);
  }
  lasts = plus[0] == '+';
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
    if (!strcmp(name, errors[i].name)) kind = FAIL, number = errors[i].number;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (!strcmp(name, kinds[i].name)) kind = kinds[i].kind;
  if (kind == NONE) {
    dprintf(2, "faults: no such kind: %s\n", name);
    _exit(99);
  }
  // Processes that this one starts are let alone.
  unsetenv("LD_PRELOAD");
}

// Whether a call is among those that fail.
static int is_listed(const char *call) {
  size_t length = strlen(call);
  for (const char *p = calls; *p;) {
    size_t n = strcspn(p, ",");
    if (n == length && !strncmp(p, call, n)) return 1;
    p += n + (p[n] == ',');
  }
  return 0;
}

// The path of an open file; empty where it has none.
static void path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long n = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
  path[n < 0 ? 0 : n] = 0;
}

static int is_concerned(const char *path) {
  size_t n = strlen(under);
  return !strncmp(path, under, n) && (path[n] == '/' || path[n] == 0);
}

static void put(const char *path, const char *source) {
  char buffer[65536];
  int in = syscall(SYS_openat, AT_FDCWD, source, O_RDONLY, 0);
  int out = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  long n;
  while ((n = syscall(SYS_read, in, buffer, sizeof buffer)) > 0) syscall(SYS_write, out, buffer, n);
  syscall(SYS_close, in);
  syscall(SYS_close, out);
}

// Does what is to happen at this call. Whether the call is to fail; `errno` is set then.
static int strikes(const char *call, const char *path) {
  if (kind == NONE || !is_listed(call) || !is_concerned(path)) return 0;
  long n = atomic_fetch_add(&count, 1) + 1;
  if (n != first && !(lasts && n > first)) return 0;
  if (mark && n == first) {
    char text[4200];
    int length = snprintf(text, sizeof text, "%s %s\n", call, path);
    int fd = syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    syscall(SYS_write, fd, text, length);
    syscall(SYS_close, fd);
  }
  switch (kind) {
  case FAIL: errno = number; return 1;
  case HANG: for (;;) pause();
  case APPEND: {
    int fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND, 0);
    syscall(SYS_write, fd, "appended", 8);
    syscall(SYS_close, fd);
    return 0;
  }
  case CUT: {
    struct stat status;
    if (syscall(SYS_newfstatat, AT_FDCWD, path, &status, 0) == 0)
      syscall(SYS_truncate, path, status.st_size / 2);
    return 0;
  }
  case REWRITE: if (with) put(path, with); return 0;
  case REPLACE: {
    char fresh[4200];
    snprintf(fresh, sizeof fresh, "%s.fresh", path);
    if (with) {
      put(fresh, with);
      syscall(SYS_renameat2, AT_FDCWD, fresh, AT_FDCWD, path, 0);
    }
    return 0;
  }
  default: return 0;
  }
}

static int strikes_fd(const char *call, int fd) {
  if (kind == NONE || !is_listed(call)) return 0;
  char path[4096];
  path_of(fd, path, sizeof path);
  return strikes(call, path);
}

static int strikes_at(const char *call, int folder, const char *name) {
  if (kind == NONE || !is_listed(call)) return 0;
  char path[8300], base[4096] = "";
  if (name[0] != '/') {
    if (folder == AT_FDCWD) {
      long n = syscall(SYS_getcwd, base, sizeof base);
      if (n < 0) base[0] = 0;
    } else {
      path_of(folder, base, sizeof base);
    }
    snprintf(path, sizeof path, "%s/%s", base, name);
    name = path;
  }
  return strikes(call, name);
}

// Whether this very call does half only.
static int is_short(const char *call, int fd, size_t size) {
  if (kind != SHORT || size < 2 || !is_listed(call)) return 0;
  char path[4096];
  path_of(fd, path, sizeof path);
  long before = atomic_load(&count);
  strikes(call, path);
  long after = atomic_load(&count);
  return after > before && (after == first || (lasts && after > first));
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define READING(name, call, parameters, arguments, fd, size) \
  ssize_t name parameters { \
    REAL(name); \
    if (is_short(call, fd, size)) size /= 2; \
    else if (kind != SHORT && strikes_fd(call, fd)) return -1; \
    return real arguments; \
  }
READING(read, "read", (int fd, void *to, size_t size), (fd, to, size), fd, size)
READING(pread, "pread", (int fd, void *to, size_t size, off_t at), (fd, to, size, at), fd, size)
READING(pread64, "pread", (int fd, void *to, size_t size, off64_t at), (fd, to, size, at), fd, size)
READING(write, "write", (int fd, const void *from, size_t size), (fd, from, size), fd, size)
READING(pwrite, "pwrite", (int fd, const void *from, size_t size, off_t at), (fd, from, size, at), fd, size)
READING(pwrite64, "pwrite", (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at), fd, size)

#define ON_FILE(name, call, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    return strikes_fd(call, fd) ? -1 : real arguments; \
  }
ON_FILE(fsync, "fsync", (int fd), (fd))
ON_FILE(fdatasync, "fsync", (int fd), (fd))
ON_FILE(ftruncate, "truncate", (int fd, off_t size), (fd, size))
ON_FILE(ftruncate64, "truncate", (int fd, off64_t size), (fd, size))
ON_FILE(fstat, "stat", (int fd, struct stat *to), (fd, to))
ON_FILE(fstat64, "stat", (int fd, struct stat64 *to), (fd, to))
ON_FILE(fchmod, "chmod", (int fd, mode_t mode), (fd, mode))

#define ON_PATH(name, call, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    return strikes_at(call, AT_FDCWD, path) ? -1 : real arguments; \
  }
ON_PATH(stat, "stat", (const char *path, struct stat *to), (path, to))
ON_PATH(stat64, "stat", (const char *path, struct stat64 *to), (path, to))
ON_PATH(lstat, "stat", (const char *path, struct stat *to), (path, to))
ON_PATH(lstat64, "stat", (const char *path, struct stat64 *to), (path, to))
ON_PATH(mkdir, "mkdir", (const char *path, mode_t mode), (path, mode))
ON_PATH(unlink, "unlink", (const char *path), (path))
ON_PATH(rmdir, "unlink", (const char *path), (path))
ON_PATH(rename, "rename", (const char *path, const char *to), (path, to))
ON_PATH(link, "link", (const char *path, const char *to), (path, to))

#define IN_FOLDER(name, call, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    return strikes_at(call, fd, path) ? -1 : real arguments; \
  }
IN_FOLDER(fstatat, "stat", (int fd, const char *path, struct stat *to, int f), (fd, path, to, f))
IN_FOLDER(fstatat64, "stat", (int fd, const char *path, struct stat64 *to, int f), (fd, path, to, f))
IN_FOLDER(mkdirat, "mkdir", (int fd, const char *path, mode_t mode), (fd, path, mode))
IN_FOLDER(unlinkat, "unlink", (int fd, const char *path, int flags), (fd, path, flags))

int linkat(int from, const char *old, int to, const char *path, int flags) {
  REAL(linkat);
  return strikes_at("link", to, path) ? -1 : real(from, old, to, path, flags);
}

#define OPENING(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
      va_list rest; \
      va_start(rest, flags); \
      mode = va_arg(rest, mode_t); \
      va_end(rest); \
    } \
    return strikes_at("open", AT_FDCWD, path) ? -1 : real(path, flags, mode); \
  }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name) \
  int name(int fd, const char *path, int flags, ...) { \
    REAL(name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
      va_list rest; \
      va_start(rest, flags); \
      mode = va_arg(rest, mode_t); \
      va_end(rest); \
    } \
    return strikes_at("open", fd, path) ? -1 : real(fd, path, flags, mode); \
  }
OPENING_AT(openat)
OPENING_AT(openat64)

DIR *opendir(const char *path) {
  REAL(opendir);
  return strikes_at("opendir", AT_FDCWD, path) ? NULL : real(path);
}

struct dirent *readdir(DIR *folder) {
  REAL(readdir);
  return strikes_fd("readdir", dirfd(folder)) ? NULL : real(folder);
}

struct dirent64 *readdir64(DIR *folder) {
  REAL(readdir64);
  return strikes_fd("readdir", dirfd(folder)) ? NULL : real(folder);
}

// Locks of the database.
int fcntl64(int fd, int command, ...) {
  static int (*real)(int, int, ...);
  if (!real) real = (int (*)(int, int, ...))dlsym(RTLD_NEXT, "fcntl64");
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if ((command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK) &&
      strikes_fd("lock", fd))
    return -1;
  return real(fd, command, argument);
}

static long offset(void) {
  return jump ? (atomic_fetch_add(&asked, 1) % 3 - 1) * jump : 0;
}

int clock_gettime(clockid_t clock, struct timespec *to) {
  REAL(clock_gettime);
  int result = real(clock, to);
  if (result == 0 && clock == CLOCK_REALTIME) to->tv_sec += offset();
  return result;
}

int gettimeofday(struct timeval *restrict to, void *restrict zone) {
  REAL(gettimeofday);
  int result = real(to, zone);
  if (result == 0) to->tv_sec += offset();
  return result;
}

time_t time(time_t *to) {
  REAL(time);
  time_t now = real(NULL) + offset();
  if (to) *to = now;
  return now;
}
