import CKernels

typealias Input = UnsafePointer<Float>
typealias Output = UnsafeMutablePointer<Float>

/// The kernels of the level in use.
var kernels: UnsafePointer<fader_kernel_table> { fader_kernels() }

extension fader_rows {
  init(_ base: Input, stride: Int = 0) { self.init(base: base, stride: stride) }
}

extension fader_target_rows {
  init(_ base: Output, stride: Int = 0) { self.init(base: base, stride: stride) }
}

/// `y += x`
func accumulate(_ x: Input, into y: Output, _ count: Int) {
  kernels.pointee.add_rows(fader_rows(x), fader_target_rows(y), 1, count)
}

/// `y += alpha x`
func accumulate(_ alpha: Float, _ x: Input, into y: Output, _ count: Int) {
  kernels.pointee.add_scaled_rows(alpha, fader_rows(x), fader_target_rows(y), 1, count)
}
