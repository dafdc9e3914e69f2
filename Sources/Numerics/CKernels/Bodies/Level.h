// All kernels for one level. Whoever includes this defines
//   LEVEL          the level
//   LEVEL_TABLE    the name of its table
//   LEVEL_FUSES    1 where a multiply-add is one instruction
//   LEVEL_VECTORS  how many registers of sixteen floats a tile of a product is wide
//   LEVEL_ROWS     how many rows it is high
// and tells the compiler which instructions the functions from here on may use.

// No multiply and add of the source may become one instruction that is not written as `fused`: the
// bits would depend on the level.
#pragma STDC FP_CONTRACT OFF

#define UNROLLED _Pragma("clang loop unroll(full)")
#define NOT_UNROLLED _Pragma("clang loop unroll(disable)")

#include "Lanes.h"
#include "Exponential.h"
#include "Elementwise.h"
#include "Rows.h"
#include "Softmax.h"
#include "Gates.h"
#include "ProductPanel.h"
#include "ProductTile.h"
#include "RowProduct.h"
#include "Product.h"
#include "Pointer.h"
#include "Attention.h"
#include "Additive.h"

const struct fader_kernel_table LEVEL_TABLE = {
    .level = LEVEL,
    .dot = dot,
    .scale = scale,
    .multiply = multiply,
    .activate = activate,
    .activate_back = activate_back,
    .add_rows = add_rows,
    .add_scaled_rows = add_scaled_rows,
    .add_product_rows = add_product_rows,
    .gather_add = gather_add,
    .scatter_scaled = scatter_scaled,
    .scatter_add = scatter_add,
    .product = product,
    .brain_product = brain_product,
    .masked_softmax = masked_softmax,
    .entropy = entropy,
    .pick_back = pick_back,
    .normalise = normalise,
    .normalise_back = normalise_back,
    .gates = gates,
    .gates_back = gates_back,
    .pointer_scores = pointer_scores,
    .pointer_back = pointer_back,
    .attend = attend,
    .attend_back = attend_back,
    .additive_powers = additive_powers,
    .additive_scores = additive_scores,
    .additive_back = additive_back,
    .adam = adam,
};
