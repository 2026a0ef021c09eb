// What the work of `ova` costs at the least: the same system calls and the same C libraries, with
// nothing kept, judged or printed.
//
//   floors walk FOLDER            opendir, readdir and fstatat of everything
//   floors parse FOLDER           also open, fstat, read header and descriptor of each package,
//                                 and let libxml2 build its tree
//   floors hash THREADS PATH…     SHA-256 of files, or of all files below folders
//   floors inflate THREADS FILE   inflates every grain of a streamOptimized VMDK
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <libxml/parser.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 20 };

static void fail(const char *what) {
  perror(what);
  exit(1);
}

// MARK: Walking

static size_t packages;
static char **paths;
static size_t path_count, path_room;

static void keep(const char *path) {
  if (path_count == path_room) {
    path_room = path_room ? 2 * path_room : 1024;
    paths = realloc(paths, path_room * sizeof *paths);
    if (!paths) fail("realloc");
  }
  paths[path_count++] = strdup(path);
}

static int ends(const char *name, const char *with) {
  size_t a = strlen(name), b = strlen(with);
  return a > b && !strcmp(name + a - b, with);
}

static void parse(int folder, const char *name, int is_archive) {
  static char *buffer;
  if (!buffer && !(buffer = malloc(CHUNK))) fail("malloc");
  int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(name);
  struct stat facts;
  if (fstat(file, &facts)) fail(name);
  size_t offset = 0, size = facts.st_size < CHUNK ? (size_t)facts.st_size : CHUNK;
  if (is_archive) {
    if (pread(file, buffer, 512, 0) != 512) fail(name);
    offset = 512;
    size = strtoul(buffer + 124, NULL, 8);
    if (size > CHUNK) size = CHUNK;
  }
  if (pread(file, buffer, size, (off_t)offset) != (ssize_t)size) fail(name);
  close(file);
  xmlFreeDoc(xmlReadMemory(buffer, (int)size, NULL, NULL, XML_PARSE_NONET));
  packages++;
}

static void walk(int parent, const char *name, const char *path, int parses, int keeps) {
  int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
  if (!folder) fail(path);
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] == '.') continue;
    char below[4096];
    snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
    if (entry->d_type == DT_DIR) {
      walk(descriptor, entry->d_name, below, parses, keeps);
      continue;
    }
    struct stat facts;
    if (fstatat(descriptor, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW)) fail(below);
    if (keeps) keep(below);
    if (!parses) continue;
    if (ends(entry->d_name, ".ova")) parse(descriptor, entry->d_name, 1);
    if (ends(entry->d_name, ".ovf")) parse(descriptor, entry->d_name, 0);
  }
  closedir(folder);
}

// MARK: Work of several threads

static atomic_size_t next_item;

static void in_threads(int count, void *(*work)(void *)) {
  pthread_t threads[64];
  if (count < 1 || count > 64) exit(2);
  for (int i = 0; i < count; i++)
    if (pthread_create(&threads[i], NULL, work, NULL)) fail("pthread_create");
  for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
}

static void *hash_files(void *unused) {
  (void)unused;
  unsigned char *buffer = malloc(CHUNK), digest[EVP_MAX_MD_SIZE];
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  for (size_t i; (i = atomic_fetch_add(&next_item, 1)) < path_count;) {
    int file = open(paths[i], O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(paths[i]);
    EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    ssize_t count;
    while ((count = read(file, buffer, CHUNK)) > 0) EVP_DigestUpdate(context, buffer, (size_t)count);
    if (count < 0) fail(paths[i]);
    EVP_DigestFinal_ex(context, digest, NULL);
    close(file);
  }
  EVP_MD_CTX_free(context);
  free(buffer);
  return NULL;
}

struct grain {
  const unsigned char *bytes;
  size_t size;
};
static struct grain *grains;
static size_t grain_count;

static void *inflate_grains(void *unused) {
  (void)unused;
  unsigned char out[1 << 16];
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  for (;;) {
    size_t start = atomic_fetch_add(&next_item, 64);
    if (start >= grain_count) break;
    for (size_t i = start; i < start + 64 && i < grain_count; i++) {
      size_t made;
      if (libdeflate_zlib_decompress(inflater, grains[i].bytes, grains[i].size, out, sizeof out, &made)) {
        fputs("a grain is damaged\n", stderr);
        exit(1);
      }
    }
  }
  libdeflate_free_decompressor(inflater);
  return NULL;
}

static uint64_t number(const unsigned char *bytes, int size) {
  uint64_t result = 0;
  while (size--) result = result << 8 | bytes[size];
  return result;
}

/// Finds the grains by their markers, which follow one another from the header's overhead on.
static void find_grains(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat facts;
  if (file < 0 || fstat(file, &facts)) fail(path);
  const unsigned char *bytes =
    mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (bytes == MAP_FAILED) fail(path);
  grains = malloc(((size_t)facts.st_size / 512 + 1) * sizeof *grains);
  size_t offset = (size_t)number(bytes + 64, 8) * 512, end = (size_t)facts.st_size;
  while (offset + 512 <= end) {
    uint64_t value = number(bytes + offset, 8), size = number(bytes + offset + 8, 4);
    if (size) {
      if (offset + 12 + size > end) break;
      grains[grain_count++] = (struct grain){bytes + offset + 12, size};
      offset += (12 + size + 511) / 512 * 512;
    } else {
      if (number(bytes + offset + 12, 4) == 0) break;
      offset += 512 + value * 512;
    }
  }
}

int main(int count, char **words) {
  if (count >= 3 && !strcmp(words[1], "walk")) {
    walk(AT_FDCWD, words[2], words[2], 0, 0);
  } else if (count >= 3 && !strcmp(words[1], "parse")) {
    walk(AT_FDCWD, words[2], words[2], 1, 0);
    printf("%zu packages\n", packages);
  } else if (count >= 4 && !strcmp(words[1], "hash")) {
    for (int i = 3; i < count; i++) {
      struct stat facts;
      if (stat(words[i], &facts)) fail(words[i]);
      if (S_ISDIR(facts.st_mode)) walk(AT_FDCWD, words[i], words[i], 0, 1);
      else keep(words[i]);
    }
    in_threads(atoi(words[2]), hash_files);
    printf("%zu files\n", path_count);
  } else if (count == 4 && !strcmp(words[1], "inflate")) {
    find_grains(words[3]);
    in_threads(atoi(words[2]), inflate_grains);
    printf("%zu grains\n", grain_count);
  } else {
    fputs("usage: floors walk|parse FOLDER, hash THREADS PATH…, inflate THREADS FILE\n", stderr);
    return 2;
  }
}
