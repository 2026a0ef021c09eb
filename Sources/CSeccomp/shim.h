#pragma once
// libseccomp, with what its macros make as functions.
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>

static inline uint32_t ova_seccomp_allow(void) { return SCMP_ACT_ALLOW; }
static inline uint32_t ova_seccomp_end(void) { return SCMP_ACT_KILL_PROCESS; }
static inline uint32_t ova_seccomp_error(uint16_t error) { return SCMP_ACT_ERRNO(error); }

// A condition on an argument: its bits of a mask have a value.
static inline struct scmp_arg_cmp ova_seccomp_bits(
    unsigned int argument, uint64_t mask, uint64_t value) {
  return SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, mask, value);
}

// A condition on an argument: it is greater than a number.
static inline struct scmp_arg_cmp ova_seccomp_above(unsigned int argument, uint64_t number) {
  return SCMP_CMP(argument, SCMP_CMP_GT, number);
}

// prctl takes any number of arguments, which Swift cannot pass.
static inline int ova_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

// The flag of clone that makes a thread and not a process.
static inline uint64_t ova_clone_thread(void) { return 0x10000; }

// What a call with the name of a thread has as its first argument.
static inline uint64_t ova_prctl_set_name(void) { return PR_SET_NAME; }
