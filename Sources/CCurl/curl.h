#pragma once
#include <curl/curl.h>
#include <dlfcn.h>
#include <string.h>

// The library is loaded when it is first asked for, and not linked: who reads local files alone pays
// nothing for it and need not have it. These are its functions, found by name.
typedef struct {
  CURLcode (*global_init)(long);
  char *(*version)(void);
  const char *(*easy_strerror)(CURLcode);
  CURL *(*easy_init)(void);
  void (*easy_reset)(CURL *);
  void (*easy_cleanup)(CURL *);
  // Variadic: called through the functions below.
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
  CURLM *(*multi_init)(void);
  CURLMcode (*multi_cleanup)(CURLM *);
  CURLMcode (*multi_add_handle)(CURLM *, CURL *);
  CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
  CURLMcode (*multi_perform)(CURLM *, int *);
  CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd[], unsigned int, int, int *);
  CURLMsg *(*multi_info_read)(CURLM *, int *);
} ova_curl;

// Finds the functions in the library of a file name. Returns 0, or -1 where the file or one of them
// is not there.
static inline int ova_curl_load(ova_curl *curl, const char *file) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) return -1;
#define OVA_CURL_FIND(name) \
  do { \
    void *address = dlsym(library, "curl_" #name); \
    if (!address) return -1; \
    memcpy(&curl->name, &address, sizeof address); \
  } while (0)
  OVA_CURL_FIND(global_init);
  OVA_CURL_FIND(version);
  OVA_CURL_FIND(easy_strerror);
  OVA_CURL_FIND(easy_init);
  OVA_CURL_FIND(easy_reset);
  OVA_CURL_FIND(easy_cleanup);
  OVA_CURL_FIND(easy_setopt);
  OVA_CURL_FIND(slist_append);
  OVA_CURL_FIND(slist_free_all);
  OVA_CURL_FIND(multi_init);
  OVA_CURL_FIND(multi_cleanup);
  OVA_CURL_FIND(multi_add_handle);
  OVA_CURL_FIND(multi_remove_handle);
  OVA_CURL_FIND(multi_perform);
  OVA_CURL_FIND(multi_poll);
  OVA_CURL_FIND(multi_info_read);
#undef OVA_CURL_FIND
  // Without this OpenSSL clears up at exit, under the feet of a thread that still reads ahead.
  int (*crypto_init)(unsigned long long, const void *) = 0;
  void *address = dlsym(library, "OPENSSL_init_crypto");
  memcpy(&crypto_init, &address, sizeof address);
  if (crypto_init) crypto_init(0x00080000ULL /* OPENSSL_INIT_NO_ATEXIT */, 0);
  return curl->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -1;
}

static inline CURLcode ova_curl_set_number(
  const ova_curl *curl, CURL *handle, CURLoption option, long value) {
  return curl->easy_setopt(handle, option, value);
}

static inline CURLcode ova_curl_set_size(
  const ova_curl *curl, CURL *handle, CURLoption option, long long value) {
  return curl->easy_setopt(handle, option, (curl_off_t)value);
}

static inline CURLcode ova_curl_set_text(
  const ova_curl *curl, CURL *handle, CURLoption option, const char *value) {
  return curl->easy_setopt(handle, option, value);
}

static inline CURLcode ova_curl_set_pointer(
  const ova_curl *curl, CURL *handle, CURLoption option, void *value) {
  return curl->easy_setopt(handle, option, value);
}

typedef size_t (*ova_curl_taker)(char *, size_t, size_t, void *);

static inline CURLcode ova_curl_set_taker(
  const ova_curl *curl, CURL *handle, CURLoption option, ova_curl_taker value) {
  return curl->easy_setopt(handle, option, value);
}

// Whether the transfer is over, and then how it ended.
static inline int ova_curl_is_over(const ova_curl *curl, CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl->multi_info_read(multi, &left)))
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return 1;
    }
  return 0;
}
