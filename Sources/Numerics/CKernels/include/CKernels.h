#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CProcessor.h"

#pragma clang assume_nonnull begin

// The left factor of a product: element (i, p) lies at base[i * row + p * step].
struct fader_left {
  const float *base;
  ptrdiff_t row;
  ptrdiff_t step;
};

// The right factor as it is stored: [n, k] where transposed, else [k, n].
struct fader_right {
  const float *base;
  ptrdiff_t stride;
  bool transposed;
};

// What the numbers of a result start from.
enum fader_start {
  FADER_START_ZERO = 0,
  // What the result holds already.
  FADER_START_RESULT = 1,
  // The same row of numbers, `bias`, for every row.
  FADER_START_BIAS = 2,
};

// Where a product goes, and how it begins and ends.
struct fader_result {
  float *base;
  ptrdiff_t stride;
  enum fader_start start;
  const float *_Nullable bias;
  // Negative results become 0.
  bool rectified;
};

// [m, k] x [k, n]
struct fader_product {
  ptrdiff_t m;
  ptrdiff_t n;
  ptrdiff_t k;
  struct fader_left left;
  struct fader_right right;
  struct fader_result result;
};

enum fader_activation {
  FADER_RELU = 0,
  FADER_TANH = 1,
  FADER_SIGMOID = 2,
};

// Rows that lie `stride` apart; a stride of 0 is the same row again and again.
struct fader_rows {
  const float *base;
  ptrdiff_t stride;
};

struct fader_target_rows {
  float *base;
  ptrdiff_t stride;
};

// The numbers of one step of Adam; see AdamStep.
struct fader_adam {
  float scale;
  float step;
  float decay;
  float epsilon;
  float first;
  float second;
  float root_correction;
};

// One list's row of pointer attention: M candidates of its request against one query.
struct fader_pointer {
  const float *key;      // [M, A]
  const float *query;    // [A]
  const float *local;    // [M, L]
  const float *v;        // [A]
  const float *weights;  // [L, A]
  ptrdiff_t a;           // a multiple of 16
  ptrdiff_t l;
};

// Candidates of a row that are looked at; `entries` has room for seven more, which repeat the last.
struct fader_open {
  const ptrdiff_t *entries;
  ptrdiff_t count;
};

struct fader_pointer_gradient {
  float *key;      // [M, A]
  float *query;    // [A]
  float *v;        // [A]
  float *weights;  // [L, A]
};

// One list of attention inside lists: N slots, the first `length` of which take part.
struct fader_attention {
  const float *qkv;       // [R, 3 C]: queries, keys and values side by side
  const int32_t *_Nullable picked;  // row of qkv for every slot, or NULL where they follow each other
  ptrdiff_t slots;        // N
  ptrdiff_t length;
  ptrdiff_t heads;
  ptrdiff_t head;         // the width of one head, C / heads
};

// Additive attention of one request: powers e^2x of its queries and keys, and what weighs them.
struct fader_additive {
  const float *query;  // [M, A]
  const float *key;    // [S, A]
  const float *v;      // [A]
  ptrdiff_t queries;   // M
  ptrdiff_t keys;      // S
  ptrdiff_t a;         // a multiple of 16
};

struct fader_additive_gradient {
  float *query;  // [M, A]
  float *key;    // [S, A]
  float *v;      // [A]
};

// The kernels, compiled for one level. Lengths and strides count numbers; inputs and outputs do not
// overlap unless they are the same array.
struct fader_kernel_table {
  enum fader_level level;

  // sum_i a_i b_i
  float (*dot)(const float *a, const float *b, ptrdiff_t count);
  // y = alpha y
  void (*scale)(float alpha, float *y, ptrdiff_t count);
  // y = a b
  void (*multiply)(const float *a, const float *b, float *y, ptrdiff_t count);
  // y = f(x)
  void (*activate)(
      enum fader_activation f, const float *x, float *y, ptrdiff_t count);
  // dx = dy f'(x), from y = f(x)
  void (*activate_back)(
      enum fader_activation f, const float *dy, const float *y, float *dx, ptrdiff_t count);

  // y += x
  void (*add_rows)(
      struct fader_rows x, struct fader_target_rows y, ptrdiff_t rows, ptrdiff_t columns);
  // y += alpha x
  void (*add_scaled_rows)(
      float alpha, struct fader_rows x, struct fader_target_rows y, ptrdiff_t rows,
      ptrdiff_t columns);
  // y += x z
  void (*add_product_rows)(
      struct fader_rows x, struct fader_rows z, struct fader_target_rows y, ptrdiff_t rows,
      ptrdiff_t columns);
  // y += alpha x[indices[i]] for every i whose index is not negative
  void (*gather_add)(
      float alpha, const float *x, const int32_t *indices, ptrdiff_t count, float *y,
      ptrdiff_t columns);
  // y[indices[i]] += alpha x for every i whose index is not negative
  void (*scatter_scaled)(
      float alpha, const float *x, const int32_t *indices, ptrdiff_t count, float *y,
      ptrdiff_t columns);
  // y[indices[i]] += x[i] for every i whose index is not negative
  void (*scatter_add)(
      const float *x, const int32_t *indices, ptrdiff_t count, float *y, ptrdiff_t columns);

  // c = a b, or what else the result starts from
  void (*product)(const struct fader_product *p);
  // c += factors x the 16-bit rows of BrainFloatMatrix, `stride` words each
  void (*brain_product)(
      const uint32_t *words, ptrdiff_t stride, const float *factors, ptrdiff_t rows, float *c);

  // One row of softmax without the excluded entries: p, and the log of the partition sum, which is 0
  // for a row without entries.
  float (*masked_softmax)(
      const float *scores, const bool *excluded, float *p, ptrdiff_t count);
  // -sum_i p_i (score_i - partition); where p is 0 the score may be anything
  float (*entropy)(
      const float *scores, const float *p, float partition, ptrdiff_t count);
  // d_i -= p_i (slope score_i + shift)
  void (*pick_back)(
      const float *scores, const float *p, float slope, float shift, float *d, ptrdiff_t count);

  // y = (x - mean) / sqrt(variance + 1e-5), and the factors that did it
  void (*normalise)(
      const float *x, float *y, float *inverse, ptrdiff_t rows, ptrdiff_t columns);
  // dx += inverse (g - mean(g) - n mean(g n))
  void (*normalise_back)(
      const float *g, const float *n, const float *inverse, float *dx, ptrdiff_t rows,
      ptrdiff_t columns);

  // Gates [rows, 3 width] and state [rows, width] of a gated recurrent unit
  void (*gates)(
      const float *x, const float *u, const float *h, ptrdiff_t rows, ptrdiff_t width,
      float *gates, float *state);
  // Gradients of `gates`, added
  void (*gates_back)(
      const float *gradient, const float *gates, const float *u, const float *h, ptrdiff_t rows,
      ptrdiff_t width, float *dx, float *du, float *dh);

  // Scores of the open candidates
  void (*pointer_scores)(
      const struct fader_pointer *p, struct fader_open open, float *scores);
  // Gradients of `pointer_scores`, added
  void (*pointer_back)(
      const struct fader_pointer *p, struct fader_open open, const float *gradient,
      struct fader_pointer_gradient d);

  // Output rows [N, C] and shares [heads, N, N] of one list; `scratch` holds FADER_PANELS panels of
  // fader_panel_size numbers.
  void (*attend)(
      const struct fader_attention *shape, float *scratch, float *output, float *shares);
  // Gradients of `attend`, added to dqkv [R, 3 C]
  void (*attend_back)(
      const struct fader_attention *shape, const float *gradient, const float *shares,
      float *scratch, float *dqkv);

  // e^2x
  void (*additive_powers)(const float *x, float *y, ptrdiff_t count);
  // Scores [M, S]
  void (*additive_scores)(const struct fader_additive *p, float *scores);
  // Gradients of `additive_scores` with respect to what the powers were taken of, added
  void (*additive_back)(
      const struct fader_additive *p, const float *gradient, struct fader_additive_gradient d);

  // p, m and v after one step of Adam along g
  void (*adam)(
      const struct fader_adam *step, float *p, float *m, float *v, const float *g,
      ptrdiff_t count);
};

enum { FADER_PANELS = 7 };

// Numbers per panel of attention: rows of whole registers.
static inline ptrdiff_t fader_panel_size(ptrdiff_t slots, ptrdiff_t head) {
  ptrdiff_t most = slots > head ? slots : head;
  return most * ((most + 15) / 16 * 16);
}

// The kernels in use: those of the highest level that the processor has and that FADER_KERNELS in
// the environment (baseline, avx2, avx512) does not exceed.
const struct fader_kernel_table *fader_kernels(void);

// Uses the kernels of a level from now on; false, and nothing is changed, when this processor or
// this build of the program does not have it.
bool fader_use_kernels(enum fader_level level);

// FADER_KERNELS as it stands in the environment, NULL when it is not set.
const char *_Nullable fader_requested_kernels(void);

#pragma clang assume_nonnull end
