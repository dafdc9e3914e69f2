// The right factor of a product, copied together strip by strip: a strip of a wide matrix touches a
// page and a cache set per step; packed, it streams.

// a_0 b_0 a_1 b_1 ... of the lower and of the upper halves
INLINE lanes interleaved_low(lanes a, lanes b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

INLINE lanes interleaved_high(lanes a, lanes b) {
  return __builtin_shufflevector(
      a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// Transposes a square of sixteen in registers: four rounds of pairing row i with row i + 8.
INLINE void transpose_sixteen(
    const float *x, ptrdiff_t x_stride, float *y, ptrdiff_t y_stride) {
  lanes rows[16], paired[16];
  UNROLLED for (int i = 0; i < 16; i++) rows[i] = load(x + i * x_stride);
  UNROLLED for (int round = 0; round < 4; round++) {
    UNROLLED for (int i = 0; i < 8; i++) {
      paired[2 * i] = interleaved_low(rows[i], rows[i + 8]);
      paired[2 * i + 1] = interleaved_high(rows[i], rows[i + 8]);
    }
    UNROLLED for (int i = 0; i < 16; i++) rows[i] = paired[i];
  }
  UNROLLED for (int i = 0; i < 16; i++) store(rows[i], y + i * y_stride);
}

// Steps p ..< p + depth of columns j ..< j + count, in a panel [depth, width] with zeros past count.
struct panel {
  float *base;
  ptrdiff_t p, depth, j, count, width;
};

static void pack_straight(struct fader_right right, struct panel panel) {
  for (ptrdiff_t q = 0; q < panel.depth; q++) {
    const float *source = right.base + (panel.p + q) * right.stride + panel.j;
    float *target = panel.base + q * panel.width;
    if (panel.count == panel.width) {
      for (ptrdiff_t at = 0; at < panel.width; at += 16) store(load(source + at), target + at);
    } else {
      memcpy(target, source, (size_t)panel.count * sizeof(float));
    }
  }
}

static void pack_transposed(struct fader_right right, struct panel panel) {
  for (ptrdiff_t first = 0; first < panel.count; first += 16) {
    ptrdiff_t rows = panel.count - first < 16 ? panel.count - first : 16;
    const float *source = right.base + (panel.j + first) * right.stride + panel.p;
    float *target = panel.base + first;
    ptrdiff_t q = 0;
    for (; rows == 16 && q + 16 <= panel.depth; q += 16) {
      transpose_sixteen(source + q, right.stride, target + q * panel.width, panel.width);
    }
    for (; q < panel.depth; q++) {
      for (ptrdiff_t row = 0; row < rows; row++) {
        target[q * panel.width + row] = source[row * right.stride + q];
      }
    }
  }
}

static void pack(struct fader_right right, struct panel panel) {
  if (panel.count < panel.width) {
    memset(panel.base, 0, (size_t)(panel.depth * panel.width) * sizeof(float));
  }
  if (right.transposed) {
    pack_transposed(right, panel);
  } else {
    pack_straight(right, panel);
  }
}
