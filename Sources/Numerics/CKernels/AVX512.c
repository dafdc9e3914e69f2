// The kernels for x86-64-v4: AVX-512.
#include "Tables.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)

#define LEVEL FADER_LEVEL_AVX512
#define LEVEL_TABLE fader_avx512_kernels
#define LEVEL_FUSES 1
// 32 registers of sixteen: 24 for the sums.
#define LEVEL_VECTORS 3
#define LEVEL_ROWS 8

#include "Bodies/Level.h"

#pragma clang attribute pop

#endif
