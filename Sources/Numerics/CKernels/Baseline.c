// The kernels for every processor of the architecture.
#include "Tables.h"

// Lanes that are wider than the registers are handed only to functions that are inlined, so that how
// a call would pass them is of no concern.
#pragma clang diagnostic ignored "-Wpsabi"

#define LEVEL FADER_LEVEL_BASELINE
#define LEVEL_TABLE fader_baseline_kernels
#if defined(__aarch64__) || defined(__FMA__)
#define LEVEL_FUSES 1
#else
#define LEVEL_FUSES 0
#endif
// Registers of four: 32 of them on arm64, sixteen on x86-64.
#define LEVEL_VECTORS 1
#if defined(__aarch64__)
#define LEVEL_ROWS 4
#else
#define LEVEL_ROWS 2
#endif

#include "Bodies/Level.h"
