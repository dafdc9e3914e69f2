import Autodiff
package import Tensors

/// Adam (Kingma and Ba 2015) with global-norm clipping and decoupled weight decay.
///
/// Of an embedding table only the rows with a gradient move, and only their moments decay: a step
/// costs what it uses, however large the table is.
package struct Adam: Sendable {
  package struct Configuration: Codable, Sendable, Equatable {
    /// Decay of the mean of gradients.
    package var first: Float = 0.9
    /// Decay of the mean of squares.
    package var second: Float = 0.999
    package var epsilon: Float = 1e-8
    /// Share of a weight's value taken off per unit of learning rate; tables, biases and the gains
    /// of norms are exempt.
    package var decay: Float = 0
    /// The gradient is scaled down to this global norm; 0 switches clipping off.
    package var clip: Double = 1

    package init() {}
  }

  package let configuration: Configuration
  /// Steps done.
  package var step: Int
  /// Running means and mean squares, shaped like the parameters.
  package var means: [Matrix]
  package var squares: [Matrix]

  package init(_ configuration: Configuration, parameters: Parameters) {
    self.configuration = configuration
    step = 0
    means = parameters.values.map { Matrix(rows: $0.rows, columns: $0.columns) }
    squares = means
  }

  /// Moves the parameters by one step.
  ///
  /// - Parameter workers: share out the large parameters; the result is the same.
  /// - Returns: the gradient's global norm before clipping.
  @discardableResult
  package mutating func update(
    _ parameters: inout Parameters, _ gradients: ParameterGradients, rate: Float,
    workers: Workers = Workers(1)
  ) -> Double {
    step += 1
    let norm = gradients.norm
    let clip = configuration.clip
    let scale = clip > 0 && norm > clip ? Float(clip / norm) : 1
    // Biases and gains are the parameters of one row: pulled to 0 they would shift what is predicted.
    let isWeight = parameters.values.map { $0.rows > 1 }
    for weights in configuration.decay > 0 ? [true, false] : [true] {
      let part = gradients.dense.indices.map { i in
        configuration.decay > 0 && isWeight[i] != weights ? nil : gradients.dense[i]
      }
      stepOf(scale: scale, rate: rate, decay: weights ? configuration.decay : 0)
        .move(&parameters.values, &means, &squares, gradients: part, workers: workers)
    }
    let tableStep = stepOf(scale: scale, rate: rate, decay: 0)
    for (position, rows) in gradients.sparse {
      let width = rows.rows.columns
      for (i, row) in rows.indices.enumerated() {
        let start = Int(row) * width
        tableStep.move(
          &parameters.values[position].scalars, &means[position].scalars,
          &squares[position].scalars, gradient: rows.rows.scalars, range: start..<start + width,
          gradientOffset: i * width)
      }
    }
    return norm
  }

  private func stepOf(scale: Float, rate: Float, decay: Float) -> AdamStep {
    AdamStep(
      gradientScale: scale, rate: rate, decay: decay, epsilon: configuration.epsilon,
      first: configuration.first, second: configuration.second,
      corrections: (
        1 - power(configuration.first, step), 1 - power(configuration.second, step)
      ))
  }

  /// `base^exponent` in Double by squaring: the same on every system, unlike a library's pow.
  private func power(_ base: Float, _ exponent: Int) -> Float {
    var (result, factor, rest) = (1.0, Double(base), exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return Float(result)
  }
}
