import COpenBLAS

/// Sixteen floats: one AVX-512 register, two AVX2 ones.
///
/// Kernels where the compiler's own vectoriser falls short (it may neither reorder a sum nor fuse
/// a multiply and an add) spell their lanes out with these.
typealias Lanes = SIMD16<Float>

typealias Input = UnsafePointer<Float>
typealias Output = UnsafeMutablePointer<Float>

@_transparent
func load(_ pointer: Input, _ index: Int) -> Lanes {
  UnsafeRawPointer(pointer + index).loadUnaligned(as: Lanes.self)
}

@_transparent
func load(_ pointer: Output, _ index: Int) -> Lanes {
  UnsafeRawPointer(pointer + index).loadUnaligned(as: Lanes.self)
}

/// The first `count` numbers from `index` on, zeros behind them.
@inline(__always)
func loadPartly(_ pointer: Input, _ index: Int, _ count: Int) -> Lanes {
  var lanes = Lanes.zero
  for i in 0..<count { lanes[i] = pointer[index + i] }
  return lanes
}

@_transparent
func store(_ lanes: Lanes, _ pointer: Output, _ index: Int) {
  UnsafeMutableRawPointer(pointer + index).storeBytes(of: lanes, as: Lanes.self)
}

/// `a * b + c` with one rounding, or with two on a processor that cannot fuse them.
@_transparent
func fused(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
  fader_fuses() != 0 ? c.addingProduct(a, b) : c + a * b
}

/// The same for one number.
@_transparent
func fused(_ a: Float, _ b: Float, _ c: Float) -> Float {
  fader_fuses() != 0 ? c.addingProduct(a, b) : c + a * b
}

/// Sum of the lanes, by halves: a fixed order.
@_transparent
func total(_ lanes: Lanes) -> Float {
  let eight = lanes.lowHalf + lanes.highHalf
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

/// `sum_i a_i * b_i`
@inline(__always)
func dot(_ a: Input, _ b: Input, _ count: Int) -> Float {
  var sum = Lanes.zero
  var i = 0
  while i + 16 <= count {
    sum = fused(load(a, i), load(b, i), sum)
    i += 16
  }
  var rest: Float = 0
  while i < count {
    rest += a[i] * b[i]
    i += 1
  }
  return total(sum) + rest
}

/// `y += alpha * x`
@inline(__always)
func accumulate(_ alpha: Float, _ x: Input, into y: Output, _ count: Int) {
  let scale = Lanes(repeating: alpha)
  var i = 0
  while i + 16 <= count {
    store(fused(scale, load(x, i), load(y, i)), y, i)
    i += 16
  }
  while i < count {
    y[i] = fused(alpha, x[i], y[i])
    i += 1
  }
}

/// `y += x`
@inline(__always)
func accumulate(_ x: Input, into y: Output, _ count: Int) {
  var i = 0
  while i + 16 <= count {
    store(load(x, i) + load(y, i), y, i)
    i += 16
  }
  while i < count {
    y[i] += x[i]
    i += 1
  }
}

@inline(__always)
func sumOf(_ x: Input, _ count: Int) -> Float {
  var sum = Lanes.zero
  var i = 0
  while i + 16 <= count {
    sum += load(x, i)
    i += 16
  }
  var rest: Float = 0
  while i < count {
    rest += x[i]
    i += 1
  }
  return total(sum) + rest
}
