// Pointer attention of one list's row; see PointerAttention.swift for the formula. Eight candidates
// are handled together, so that a register of the generated weights serves all of them.

enum { GROUP = 8 };

// key_i + query + sum_l local_il W_l of eight candidates, sixteen columns from `column` on.
INLINE void hidden(
    const struct fader_pointer *p, const ptrdiff_t *candidates, ptrdiff_t column, lanes *h) {
  lanes shared = load(p->query + column);
  UNROLLED for (int r = 0; r < GROUP; r++) {
    h[r] = load(p->key + candidates[r] * p->a + column) + shared;
  }
  NOT_UNROLLED for (ptrdiff_t j = 0; j < p->l; j++) {
    lanes row = load(p->weights + j * p->a + column);
    UNROLLED for (int r = 0; r < GROUP; r++) {
      h[r] = fused(repeated(p->local[candidates[r] * p->l + j]), row, h[r]);
    }
  }
}

static void pointer_scores(
    const struct fader_pointer *pointer, struct fader_open open, float *scores) {
  const struct fader_pointer p = *pointer;
  for (ptrdiff_t at = 0; at < open.count; at += GROUP) {
    const ptrdiff_t *candidates = open.entries + at;
    lanes sums[GROUP], h[GROUP];
    UNROLLED for (int r = 0; r < GROUP; r++) sums[r] = repeated(0);
    for (ptrdiff_t column = 0; column < p.a; column += 16) {
      hidden(&p, candidates, column, h);
      lanes weight = load(p.v + column);
      UNROLLED for (int r = 0; r < GROUP; r++) sums[r] = fused(weight, rectified(h[r]), sums[r]);
    }
    UNROLLED for (int r = 0; r < GROUP; r++) scores[candidates[r]] = total(sums[r]);
  }
}

// Sixteen columns of the gradients of eight candidates, whose scores have the gradients g.
INLINE void pointer_back_columns(
    const struct fader_pointer *p, const ptrdiff_t *candidates, const float *g, ptrdiff_t column,
    struct fader_pointer_gradient d) {
  lanes h[GROUP], back[GROUP];
  hidden(p, candidates, column, h);
  lanes weight = load(p->v + column);
  lanes v_sum = load(d.v + column), query_sum = load(d.query + column);
  UNROLLED for (int r = 0; r < GROUP; r++) {
    v_sum = fused(repeated(g[r]), h[r] <= 0 ? repeated(0) : h[r], v_sum);
    back[r] = h[r] <= 0 ? repeated(0) : weight * g[r];
    query_sum += back[r];
  }
  store(v_sum, d.v + column);
  store(query_sum, d.query + column);
  NOT_UNROLLED for (ptrdiff_t j = 0; j < p->l; j++) {
    float *cell = d.weights + j * p->a + column;
    lanes sums = load(cell);
    UNROLLED for (int r = 0; r < GROUP; r++) {
      sums = fused(repeated(p->local[candidates[r] * p->l + j]), back[r], sums);
    }
    store(sums, cell);
  }
  UNROLLED for (int r = 0; r < GROUP; r++) {
    float *place = d.key + candidates[r] * p->a + column;
    store(load(place) + back[r], place);
  }
}

static void pointer_back(
    const struct fader_pointer *pointer, struct fader_open open, const float *gradient,
    struct fader_pointer_gradient d) {
  const struct fader_pointer p = *pointer;
  for (ptrdiff_t at = 0; at < open.count; at += GROUP) {
    const ptrdiff_t *candidates = open.entries + at;
    float g[GROUP];
    // The last group is filled up with candidates that count once already.
    UNROLLED for (int r = 0; r < GROUP; r++) {
      g[r] = at + r < open.count ? gradient[candidates[r]] : 0;
    }
    for (ptrdiff_t column = 0; column < p.a; column += 16) {
      pointer_back_columns(&p, candidates, g, column, d);
    }
  }
}
