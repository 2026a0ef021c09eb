#pragma once
#include <zlib.h>

// inflateInit2 is a macro, which Swift does not see; 15 + 16 is the largest window, gzip framing.
static inline int ova_inflate_gzip_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
