#pragma once
// What only C can tell: words that the build defines, and system calls that the C library lacks.
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OVA_TEXT_OF(words) #words
#define OVA_TEXT(words) OVA_TEXT_OF(words)

// Defined for releases, as -Xcc -DOVA_BUILD_COMMIT=…; empty in other builds.
#ifndef OVA_BUILD_COMMIT
#define OVA_BUILD_COMMIT
#endif
#ifndef OVA_BUILD_DATE
#define OVA_BUILD_DATE
#endif
#ifndef OVA_BUILD_TOOLCHAIN
#define OVA_BUILD_TOOLCHAIN
#endif

static inline const char *ova_build_commit(void) { return OVA_TEXT(OVA_BUILD_COMMIT); }
static inline const char *ova_build_date(void) { return OVA_TEXT(OVA_BUILD_DATE); }
static inline const char *ova_build_toolchain(void) { return OVA_TEXT(OVA_BUILD_TOOLCHAIN); }

// The version of the C library that the process runs with.
static inline const char *ova_glibc_version(void) { return gnu_get_libc_version(); }

// The version of Landlock that the kernel has; negative where it has none or does not let us.
static inline long ova_landlock_version(void) {
  // landlock_create_ruleset has this number on every architecture; 1 asks for the version alone.
  return syscall(444, NULL, 0, 1);
}

// Names the calling thread, by up to 15 bytes.
static inline void ova_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

// What landlock_create_ruleset takes; a kernel that knows fewer fields wants the others to be zero.
struct ova_landlock_ruleset {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
};

// A folder or file and what may be done beneath it.
struct ova_landlock_beneath {
  uint64_t files;
  int32_t folder;
} __attribute__((packed));

// The three system calls of Landlock, which have these numbers on every architecture.
static inline int ova_landlock_create(const struct ova_landlock_ruleset *rules) {
  return (int)syscall(444, rules, sizeof *rules, 0);
}
static inline int ova_landlock_add(int rules, const struct ova_landlock_beneath *beneath) {
  return (int)syscall(445, rules, 1, beneath, 0);
}
static inline int ova_landlock_restrict(int rules) { return (int)syscall(446, rules, 0); }

// System calls that the C library declares for GNU programs alone.
struct ova_limits {
  uint64_t now;
  uint64_t most;
};
static inline int ova_limit_processor_seconds(int process, uint64_t seconds) {
  const struct ova_limits limits = {seconds, UINT64_MAX};
  return (int)syscall(SYS_prlimit64, process, 0 /* RLIMIT_CPU */, &limits, NULL);
}
static inline int ova_close_from(unsigned int descriptor) {
  return (int)syscall(436 /* close_range */, descriptor, UINT32_MAX, 0);
}
// O_PATH has this value on every architecture that Swift is built for.
static inline int ova_open_path(const char *path) { return open(path, 010000000 | O_CLOEXEC); }
