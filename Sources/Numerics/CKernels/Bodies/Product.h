// How a product is cut up: strips of columns, packed where that pays.

enum {
  // Steps of the inner dimension per pass: a packed strip of them stays in the first-level cache.
  DEPTH = 192,
  // From this many rows on it pays to copy a strip of the right factor together.
  PACKED_ROWS = 32,
  // From this many columns on one row is worth its own way.
  ROW_WIDTH = 64,
  STRIP = 16 * LEVEL_VECTORS,
  // Rows of a narrow strip that are computed whole at a time.
  NARROW_ROWS = 64,
};

struct narrow {
  struct fader_result target;
  ptrdiff_t count, full;
};

// Copies rows of a narrow strip, or its bias, to where there is room for full registers.
static struct fader_result widened(
    const struct narrow *strip, ptrdiff_t first, ptrdiff_t rows, float *scratch) {
  struct fader_result wide = strip->target;
  size_t bytes = (size_t)strip->count * sizeof(float);
  wide.base = scratch;
  wide.stride = strip->full;
  if (wide.start == FADER_START_ZERO) return wide;
  bool biased = wide.start == FADER_START_BIAS;
  memset(scratch, 0, (size_t)((biased ? NARROW_ROWS + 1 : rows) * strip->full) * sizeof(float));
  if (biased) {
    wide.bias = scratch + NARROW_ROWS * strip->full;
    memcpy(scratch + NARROW_ROWS * strip->full, strip->target.bias, bytes);
    return wide;
  }
  for (ptrdiff_t i = 0; i < rows; i++) {
    memcpy(
        scratch + i * strip->full, strip->target.base + (first + i) * strip->target.stride,
        bytes);
  }
  return wide;
}

// A narrow last strip is computed whole, apart from the result, which may end with it.
static void narrow_strip(
    ptrdiff_t width, ptrdiff_t rows, ptrdiff_t inner, struct fader_left left, const float *panel,
    const struct narrow *strip) {
  float scratch[(NARROW_ROWS + 1) * STRIP];
  for (ptrdiff_t first = 0; first < rows; first += NARROW_ROWS) {
    ptrdiff_t some = rows - first < NARROW_ROWS ? rows - first : NARROW_ROWS;
    struct fader_result wide = widened(strip, first, some, scratch);
    strip_of(width, some, inner, left_from(left, first, 0), panel, strip->full, wide);
    for (ptrdiff_t i = 0; i < some; i++) {
      memcpy(
          strip->target.base + (first + i) * strip->target.stride, scratch + i * strip->full,
          (size_t)strip->count * sizeof(float));
    }
  }
}

static void packed_strip(
    const struct fader_product *product, ptrdiff_t j, ptrdiff_t count, ptrdiff_t width,
    struct fader_result c) {
  float panel[DEPTH * STRIP];
  ptrdiff_t full = 16 * width, p = 0;
  bool rectified_last = c.rectified;
  do {
    ptrdiff_t steps = product->k - p < DEPTH ? product->k - p : DEPTH;
    pack(
        product->right,
        (struct panel){
            .base = panel, .p = p, .depth = steps, .j = j, .count = count, .width = full});
    if (p > 0) c.start = FADER_START_RESULT;
    c.rectified = rectified_last && p + steps >= product->k;
    struct fader_left left = left_from(product->left, 0, p);
    if (count == full) {
      strip_of(width, product->m, steps, left, panel, full, c);
    } else {
      struct narrow strip = {.target = c, .count = count, .full = full};
      narrow_strip(width, product->m, steps, left, panel, &strip);
    }
    p += steps;
  } while (p < product->k);
}

static void product(const struct fader_product *p) {
  if (p->m == 1 && !p->right.transposed && p->n >= ROW_WIDTH) {
    // One row has no use for a strip twice: the right factor is read once, as it lies.
    row_product(p);
    return;
  }
  for (ptrdiff_t j = 0; j < p->n;) {
    ptrdiff_t left = p->n - j, width = (left + 15) / 16;
    if (width > LEVEL_VECTORS) width = LEVEL_VECTORS;
    ptrdiff_t count = left < 16 * width ? left : 16 * width;
    struct fader_result c = p->result;
    c.base += j;
    if (c.start == FADER_START_BIAS) c.bias += j;
    if (p->m >= PACKED_ROWS || p->right.transposed || count < 16 * width) {
      packed_strip(p, j, count, width, c);
    } else {
      strip_of(width, p->m, p->k, p->left, p->right.base + j, p->right.stride, c);
    }
    j += count;
  }
}
