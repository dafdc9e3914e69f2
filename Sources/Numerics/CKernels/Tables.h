#pragma once
#include "CKernels.h"

// One table per level that this build has.
extern const struct fader_kernel_table fader_baseline_kernels;
#if defined(__x86_64__)
extern const struct fader_kernel_table fader_avx2_kernels;
extern const struct fader_kernel_table fader_avx512_kernels;
#endif

// Here, before a level's instructions are switched on, so that nothing inline in a header of the
// system is compiled for them.
#include <math.h>
#include <string.h>
