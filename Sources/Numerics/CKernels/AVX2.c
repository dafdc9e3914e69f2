// The kernels for x86-64-v3: AVX2 and fused multiply-add.
#include "Tables.h"

#if defined(__x86_64__)

#pragma clang diagnostic ignored "-Wpsabi"  // See Baseline.c.
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)

#define LEVEL FADER_LEVEL_AVX2
#define LEVEL_TABLE fader_avx2_kernels
#define LEVEL_FUSES 1
// Sixteen registers of eight: twelve for the sums, the rest for what is multiplied.
#define LEVEL_VECTORS 1
#define LEVEL_ROWS 6

#include "Bodies/Level.h"

#pragma clang attribute pop

#endif
