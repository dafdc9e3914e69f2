package import Tensors

/// One w, and what a policy has made of it once for all requests that ask for it.
package struct PreparedWeights: Sendable, Equatable {
  /// w, >= 0 and summing to 1, in the order of the objectives.
  package let weights: [Float]
  /// The policy's own numbers for w, such as theta(w) `[1, S]`; empty for a policy that needs none.
  package let generated: Matrix

  package init(_ weights: [Float], generated: Matrix = Matrix(rows: 0, columns: 0)) {
    self.weights = weights
    self.generated = generated
  }
}
