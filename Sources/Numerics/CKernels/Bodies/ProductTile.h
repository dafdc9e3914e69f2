// Sums of a product in registers. Each number is summed along the inner dimension in its order, one
// fused multiply-add per term, so a result depends neither on how the product was cut into tiles nor
// on the level's size of them.

// `height` rows by `width` registers, both known where this is inlined.
INLINE void tile(
    const int height, const int width, ptrdiff_t inner, struct fader_left left,
    const float *right, ptrdiff_t right_step, struct fader_result c) {
  lanes sums[LEVEL_ROWS][LEVEL_VECTORS];
  UNROLLED for (int r = 0; r < height; r++) {
    UNROLLED for (int v = 0; v < width; v++) {
      sums[r][v] = repeated(0);
      if (c.start == FADER_START_RESULT) sums[r][v] = load(c.base + r * c.stride + 16 * v);
      if (c.start == FADER_START_BIAS) sums[r][v] = load(c.bias + 16 * v);
    }
  }
  const float *a = left.base, *b = right;
  NOT_UNROLLED for (ptrdiff_t p = 0; p < inner; p++) {
    UNROLLED for (int r = 0; r < height; r++) {
      lanes x = repeated(a[r * left.row]);
      UNROLLED for (int v = 0; v < width; v++) {
        sums[r][v] = fused(x, load(b + 16 * v), sums[r][v]);
      }
    }
    a += left.step;
    b += right_step;
  }
  UNROLLED for (int r = 0; r < height; r++) {
    UNROLLED for (int v = 0; v < width; v++) {
      store(c.rectified ? rectified(sums[r][v]) : sums[r][v], c.base + r * c.stride + 16 * v);
    }
  }
}

INLINE struct fader_left left_from(struct fader_left left, ptrdiff_t row, ptrdiff_t step) {
  left.base += row * left.row + step * left.step;
  return left;
}

INLINE struct fader_result result_from(struct fader_result c, ptrdiff_t row) {
  c.base += row * c.stride;
  return c;
}

// All rows of a strip of `width` registers: full tiles, and then what is left by halves.
INLINE void strip(
    const int width, ptrdiff_t rows, ptrdiff_t inner, struct fader_left left, const float *right,
    ptrdiff_t right_step, struct fader_result c) {
  ptrdiff_t i = 0;
#define TILES(height)                                                                         \
  for (; i + (height) <= rows; i += (height)) {                                               \
    tile((height), width, inner, left_from(left, i, 0), right, right_step, result_from(c, i)); \
  }
  TILES(LEVEL_ROWS)
#if LEVEL_ROWS > 4
  TILES(4)
#endif
#if LEVEL_ROWS > 2
  TILES(2)
#endif
  TILES(1)
#undef TILES
}

static void strip_of_one(
    ptrdiff_t rows, ptrdiff_t inner, struct fader_left left, const float *right,
    ptrdiff_t right_step, struct fader_result c) {
  strip(1, rows, inner, left, right, right_step, c);
}

static void strip_of(
    ptrdiff_t width, ptrdiff_t rows, ptrdiff_t inner, struct fader_left left, const float *right,
    ptrdiff_t right_step, struct fader_result c) {
#if LEVEL_VECTORS > 1
  if (width == 2) return strip(2, rows, inner, left, right, right_step, c);
  if (width == 3) return strip(3, rows, inner, left, right, right_step, c);
#endif
  (void)width;
  strip_of_one(rows, inner, left, right, right_step, c);
}
