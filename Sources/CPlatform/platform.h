#pragma once
// What only C can tell: words that the build defines, and system calls that the C library lacks.
#include <stddef.h>
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

// The version of Landlock that the kernel has; negative where it has none or does not let us.
static inline long ova_landlock_version(void) {
  // landlock_create_ruleset has this number on every architecture; 1 asks for the version alone.
  return syscall(444, NULL, 0, 1);
}

// Names the calling thread, by up to 15 bytes.
static inline void ova_name_thread(const char *name) { prctl(PR_SET_NAME, name); }
