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
            for row in 0..<h.rows {
              gatedRow(
                x + row * 3 * width, u + row * 3 * width, before + row * width, width,
                gates: gates + row * 3 * width, into: state + row * width)
            }
          }
        }
      }
    }
  }
  return (state, gates)
}

/// One row of `gatedStep`, all gates of sixteen units at a time; a tail goes through one padded
/// register.
private func gatedRow(
  _ x: Input, _ u: Input, _ h: Input, _ width: Int, gates: Output, into state: Output
) {
  var j = 0
  while j + 16 <= width {
    let r = logistic(load(x, j) + load(u, j))
    let z = logistic(load(x, width + j) + load(u, width + j))
    let n = hyperbolicTangent(fused(load(u, 2 * width + j), r, load(x, 2 * width + j)))
    store(r, gates, j)
    store(z, gates, width + j)
    store(n, gates, 2 * width + j)
    store(fused(z, load(h, j) - n, n), state, j)
    j += 16
  }
  guard j < width else { return }
  let count = width - j
  let r = logistic(loadPartly(x, j, count) + loadPartly(u, j, count))
  let z = logistic(loadPartly(x, width + j, count) + loadPartly(u, width + j, count))
  let n = hyperbolicTangent(
    fused(loadPartly(u, 2 * width + j, count), r, loadPartly(x, 2 * width + j, count)))
  let after = fused(z, loadPartly(h, j, count) - n, n)
  for i in 0..<count {
    gates[j + i] = r[i]
    gates[width + j + i] = z[i]
    gates[2 * width + j + i] = n[i]
    state[j + i] = after[i]
  }
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
              gatedRow(
                row < 0 ? zeros : inputs + row * 3 * width, recurrent + l * 3 * width, h, width,
                gates: scratch, into: states + slot * width)
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
    gradient.hasShape(of: h) && gates.columns == 3 * width && dx.hasShape(of: gates)
      && du.hasShape(of: gates) && dh.hasShape(of: h), "shapes differ")
  let rows = h.rows
  dx.scalars.withUnsafeMutableBufferPointer { dx in
    du.scalars.withUnsafeMutableBufferPointer { du in
      dh.scalars.withUnsafeMutableBufferPointer { dh in
        gates.scalars.withUnsafeBufferPointer { gates in
          recurrent.scalars.withUnsafeBufferPointer { u in
            h.scalars.withUnsafeBufferPointer { h in
              gradient.scalars.withUnsafeBufferPointer { gradient in
                for row in 0..<rows {
                  for j in 0..<width {
                    let base = row * 3 * width + j
                    let r = gates[base]
                    let z = gates[base + width]
                    let n = gates[base + 2 * width]
                    let g = gradient[row * width + j]
                    let dn = g * (1 - z) * (1 - n * n)
                    let dz = g * (h[row * width + j] - n) * z * (1 - z)
                    let dr = dn * u[base + 2 * width] * r * (1 - r)
                    dx[base] += dr
                    dx[base + width] += dz
                    dx[base + 2 * width] += dn
                    du[base] += dr
                    du[base + width] += dz
                    du[base + 2 * width] += dn * r
                    dh[row * width + j] += g * z
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
