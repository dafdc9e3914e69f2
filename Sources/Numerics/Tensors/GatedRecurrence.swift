import CKernels

/// The gates of a gated recurrent unit (Cho et al. 2014, in the form of cuDNN and PyTorch):
///
/// `r = sigmoid(x_r + h_r)`, `z = sigmoid(x_z + h_z)`, `n = tanh(x_n + r h_n)`,
/// `h' = (1 - z) n + z h`
///
/// `x` and `recurrent` hold the three pre-activations [r z n] side by side.
///
/// - Parameters:
///   - x: `[R, 3G]` from the input, bias included.
///   - recurrent: `[R, 3G]` from the state, bias included.
///   - h: `[R, G]`, the state before.
/// - Returns: the state after `[R, G]`, and the gates r, z, n `[R, 3G]` for the pullback.
package func gatedStep(x: Matrix, recurrent: Matrix, h: Matrix) -> (state: Matrix, gates: Matrix) {
  let width = h.columns
  precondition(
    x.hasShape(of: recurrent) && x.columns == 3 * width && x.rows == h.rows, "shapes differ")
  var state = Matrix(uninitialisedRows: h.rows, columns: width)
  var gates = Matrix(uninitialisedRows: h.rows, columns: 3 * width)
  state.scalars.withUnsafeMutableBufferPointer { state in
    gates.scalars.withUnsafeMutableBufferPointer { gates in
      x.scalars.withUnsafeBufferPointer { x in
        recurrent.scalars.withUnsafeBufferPointer { u in
          h.scalars.withUnsafeBufferPointer { before in
            guard let state = state.baseAddress, let gates = gates.baseAddress,
              let x = x.baseAddress, let u = u.baseAddress, let before = before.baseAddress
            else { return }
            kernels.pointee.gates(x, u, before, h.rows, width, gates, state)
          }
        }
      }
    }
  }
  return (state, gates)
}

/// The states of a gated recurrent unit along the slots of lists, from a state of zeros; `gatedStep`
/// after `gatedStep`, without what a gradient needs.
///
/// - Parameters:
///   - x: `[R, 3G]`, the input's part of the gates, bias included.
///   - picked: row of x for every slot `[B N]`, negative for an input of 0; in order when nil.
///   - weight: `[G, 3G]` on the state; bias: `[1, 3G]`.
/// - Returns: `[B N, G]`.
package func gatedStates(
  _ x: Matrix, picked: [Int32]?, weight: Matrix, bias: Matrix, slots n: Int
) -> Matrix {
  let (width, count) = (weight.rows, picked?.count ?? x.rows)
  precondition(
    n > 0 && count % n == 0 && x.columns == 3 * width && weight.columns == 3 * width
      && bias.scalars.count == 3 * width && (picked ?? []).allSatisfy { $0 < x.rows },
    "\(count) rows are not lists of \(n), or widths differ")
  let lists = count / n
  var states = Matrix(uninitialisedRows: count, columns: width)
  var recurrent = Matrix(uninitialisedRows: lists, columns: 3 * width)
  // The gates of one row, an input of 0 and a state of 0.
  var scratch = [Float](repeating: 0, count: 7 * width)
  for t in 0..<n {
    if t == 0 {
      recurrent.setSegments(bias, [0, lists])
    } else {
      let before = Block(offset: (t - 1) * width, rows: lists, columns: width, stride: n * width)
      let own = recurrent.block
      multiply(
        states.scalars, before, weight.scalars, weight.block, into: &recurrent.scalars, own,
        bias: bias.scalars)
    }
    states.scalars.withUnsafeMutableBufferPointer { states in
      recurrent.scalars.withUnsafeBufferPointer { recurrent in
        x.scalars.withUnsafeBufferPointer { x in
          scratch.withUnsafeMutableBufferPointer { scratch in
            guard let states = states.baseAddress, let recurrent = recurrent.baseAddress,
              let scratch = scratch.baseAddress
            else { return }
            let zeros = Input(scratch + 3 * width)
            let inputs = x.baseAddress ?? zeros
            for l in 0..<lists {
              let slot = l * n + t
              let row = picked.map { Int($0[slot]) } ?? slot
              let h = t == 0 ? zeros : Input(states + (slot - 1) * width)
              kernels.pointee.gates(
                row < 0 ? zeros : inputs + row * 3 * width, recurrent + l * 3 * width, h, 1, width,
                scratch, states + slot * width)
            }
          }
        }
      }
    }
  }
  return states
}

/// Gradient of `gatedStep`, added to its three inputs' gradients.
package func addGatedStepPullback(
  _ gradient: Matrix, gates: Matrix, recurrent: Matrix, h: Matrix,
  intoX dx: inout Matrix, recurrent du: inout Matrix, h dh: inout Matrix
) {
  let width = h.columns
  precondition(
    gradient.hasShape(of: h) && gates.columns == 3 * width && gates.rows == h.rows
      && recurrent.hasShape(of: gates) && dx.hasShape(of: gates) && du.hasShape(of: gates)
      && dh.hasShape(of: h), "shapes differ")
  let rows = h.rows
  dx.scalars.withUnsafeMutableBufferPointer { dx in
    du.scalars.withUnsafeMutableBufferPointer { du in
      dh.scalars.withUnsafeMutableBufferPointer { dh in
        gates.scalars.withUnsafeBufferPointer { gates in
          recurrent.scalars.withUnsafeBufferPointer { u in
            h.scalars.withUnsafeBufferPointer { h in
              gradient.scalars.withUnsafeBufferPointer { gradient in
                guard let dx = dx.baseAddress, let du = du.baseAddress, let dh = dh.baseAddress,
                  let gates = gates.baseAddress, let u = u.baseAddress, let h = h.baseAddress,
                  let gradient = gradient.baseAddress
                else { return }
                kernels.pointee.gates_back(gradient, gates, u, h, rows, width, dx, du, dh)
              }
            }
          }
        }
      }
    }
  }
}
