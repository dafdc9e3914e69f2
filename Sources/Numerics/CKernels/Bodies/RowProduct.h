// The product of one row and a matrix, which is as fast as the matrix can be read.

// `width` registers of the result, from `column` on, while the matrix goes by.
INLINE void row_strip(
    const int width, struct fader_left left, struct fader_right right, ptrdiff_t inner,
    ptrdiff_t column, float *c) {
  lanes sums[12];
  UNROLLED for (int v = 0; v < width; v++) sums[v] = load(c + column + 16 * v);
  const float *row = right.base + column, *factor = left.base;
  NOT_UNROLLED for (ptrdiff_t p = 0; p < inner; p++) {
    lanes x = repeated(*factor);
    UNROLLED for (int v = 0; v < width; v++) sums[v] = fused(x, load(row + 16 * v), sums[v]);
    row += right.stride;
    factor += left.step;
  }
  UNROLLED for (int v = 0; v < width; v++) store(sums[v], c + column + 16 * v);
}

static void add_row_in_registers(
    struct fader_left left, struct fader_right right, ptrdiff_t inner, ptrdiff_t columns,
    float *c) {
  ptrdiff_t j = 0;
  for (; j + 192 <= columns; j += 192) row_strip(12, left, right, inner, j, c);
  for (; j + 128 <= columns; j += 128) row_strip(8, left, right, inner, j, c);
  for (; j + 64 <= columns; j += 64) row_strip(4, left, right, inner, j, c);
  for (; j + 16 <= columns; j += 16) row_strip(1, left, right, inner, j, c);
  if (j == columns) return;
  for (ptrdiff_t p = 0; p < inner; p++) {
    const float *row = right.base + p * right.stride;
    for (ptrdiff_t i = j; i < columns; i++) {
      c[i] = fused_one(left.base[p * left.step], row[i], c[i]);
    }
  }
}

// Eight rows that count: those whose factor is 0, half of the units behind a ReLU, are left out.
struct eight_rows {
  ptrdiff_t rows[8];
  float factors[8];
  int count;
};

// Fills `group` with the next such rows; returns where to go on.
INLINE ptrdiff_t next_rows(
    const float *factors, ptrdiff_t step, ptrdiff_t p, ptrdiff_t inner,
    struct eight_rows *group) {
  group->count = 0;
  for (; p < inner && group->count < 8; p++) {
    float factor = factors[p * step];
    if (factor == 0) continue;
    group->rows[group->count] = p;
    group->factors[group->count] = factor;
    group->count++;
  }
  return p;
}

// c += sum_i factor_i row_i, in the order of i.
INLINE void add_eight(
    const struct eight_rows *group, struct fader_right right, ptrdiff_t columns, float *c) {
  ptrdiff_t j = 0;
  for (; j + 16 <= columns; j += 16) {
    lanes sums = load(c + j);
    UNROLLED for (int i = 0; i < 8; i++) {
      const float *row = right.base + group->rows[i] * right.stride;
      sums = fused(repeated(group->factors[i]), load(row + j), sums);
    }
    store(sums, c + j);
  }
  for (; j < columns; j++) {
    for (int i = 0; i < 8; i++) {
      c[j] = fused_one(group->factors[i], right.base[group->rows[i] * right.stride + j], c[j]);
    }
  }
}

// Eight rows in one pass over the result: a wide matrix is read row by row, as it lies.
static void add_row_in_groups(
    struct fader_left left, struct fader_right right, ptrdiff_t inner, ptrdiff_t columns,
    float *c) {
  struct eight_rows group;
  for (ptrdiff_t p = 0; p < inner;) {
    p = next_rows(left.base, left.step, p, inner, &group);
    if (group.count == 8) {
      add_eight(&group, right, columns, c);
      continue;
    }
    for (int i = 0; i < group.count; i++) {
      add_scaled(group.factors[i], right.base + group.rows[i] * right.stride, c, columns);
    }
  }
}

// Up to so many columns the result stays in registers.
enum { NARROW_ROW = 1024 };

static void row_product(const struct fader_product *p) {
  float *c = p->result.base;
  size_t bytes = (size_t)p->n * sizeof(float);
  if (p->result.start == FADER_START_ZERO) memset(c, 0, bytes);
  if (p->result.start == FADER_START_BIAS) memcpy(c, p->result.bias, bytes);
  if (p->n <= NARROW_ROW) {
    add_row_in_registers(p->left, p->right, p->k, p->n, c);
  } else {
    add_row_in_groups(p->left, p->right, p->k, p->n, c);
  }
  if (p->result.rectified) MAP(c, c, p->n, rectified(a));
}

// The 32 numbers of sixteen words of BrainFloatMatrix: the lower halves and the upper ones.
INLINE lanes low_halves(words x) { return (lanes)(x << 16); }
INLINE lanes high_halves(words x) { return (lanes)(x & 0xffff0000u); }

INLINE void add_brain_rows(
    const uint32_t *matrix, ptrdiff_t stride, const struct eight_rows *group, const int count,
    float *c) {
  for (ptrdiff_t j = 0; j < stride; j += 16) {
    lanes low = load(c + 2 * j), high = load(c + 2 * j + 16);
    UNROLLED for (int i = 0; i < count; i++) {
      words pair = *(const loose_words *)(matrix + group->rows[i] * stride + j);
      lanes factor = repeated(group->factors[i]);
      low = fused(factor, low_halves(pair), low);
      high = fused(factor, high_halves(pair), high);
    }
    store(low, c + 2 * j);
    store(high, c + 2 * j + 16);
  }
}

static void brain_product(
    const uint32_t *matrix, ptrdiff_t stride, const float *factors, ptrdiff_t rows, float *c) {
  struct eight_rows group;
  for (ptrdiff_t p = 0; p < rows;) {
    p = next_rows(factors, 1, p, rows, &group);
    if (group.count == 8) {
      add_brain_rows(matrix, stride, &group, 8, c);
      continue;
    }
    for (int i = 0; i < group.count; i++) {
      struct eight_rows one = {.rows = {group.rows[i]}, .factors = {group.factors[i]}};
      add_brain_rows(matrix, stride, &one, 1, c);
    }
  }
}
