package import GeneratorModel
import Networks
import Objectives
package import OfflineEvaluation
import Tensors

/// One generator per objective, mixed by w in the space of their parameters: linear interpolation
/// (Rame et al., "Rewarded soups", NeurIPS 2023).
///
/// Generator i was trained for objective i alone. For that it should start from the same parameters
/// as the others: networks that were trained apart from different starts do not mix.
package struct InterpolatedGenerators: ListMethod {
  private let generators: [Generator]
  /// `theta_i`: the final layers of generator i at weight 1 on objective i.
  private let finalLayers: [Matrix]
  private let base: Int
  private let change: Int

  /// - Parameter generators: one per objective, in their order, of one architecture.
  package init(_ generators: [Generator]) {
    guard let first = generators.first else {
      preconditionFailure("generators to mix: expected one per objective, got none")
    }
    precondition(
      generators.count == first.objectives.count,
      "\(generators.count) generators for the objectives \(first.objectives.names)")
    for generator in generators {
      precondition(
        generator.configuration == first.configuration && generator.layout == first.layout
          && generator.objectives.names == first.objectives.names,
        "generators to mix: expected one architecture, got \(generator.configuration) beside "
          + "\(first.configuration)")
    }
    let names = first.parameters.names
    guard let base = names.firstIndex(of: "theta"),
      let change = names.firstIndex(of: "hyper.output")
    else { preconditionFailure("a generator without theta and hyper.output: \(names)") }
    self.generators = generators
    (self.base, self.change) = (base, change)
    finalLayers = generators.enumerated().map { i, generator in
      generator.finalLayers(generators.indices.map { $0 == i ? 1 : 0 })
    }
  }

  /// The generator with the parameters `sum_i w_i P_i`.
  ///
  /// Its hypernetwork is replaced by what it said: `theta_0 = sum_i w_i theta_i`, whatever w it is
  /// asked with. The hypernetwork of generator i has met no other w than its own, so what it would say
  /// to a mixed one means nothing. Made anew at every call; keep it for requests with the same w.
  package func generator(_ weights: [Float]) -> Generator {
    precondition(
      weights.count == generators.count, "\(weights.count) weights, \(generators.count) generators")
    var mixed = generators[0]
    for position in mixed.parameters.values.indices {
      mixed.parameters.values[position] =
        position == base
        ? mix(finalLayers, weights)
        : mix(generators.map { $0.parameters.values[position] }, weights)
    }
    let silent = mixed.parameters.values[change]
    mixed.parameters.values[change] = Matrix(rows: silent.rows, columns: silent.columns)
    return mixed
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    generator(weights).greedyLists(for: requests, weights: weights)
  }

  private func mix(_ matrices: [Matrix], _ weights: [Float]) -> Matrix {
    var sum = Matrix(rows: matrices[0].rows, columns: matrices[0].columns)
    for (matrix, weight) in zip(matrices, weights) {
      for i in sum.scalars.indices { sum.scalars[i] += weight * matrix.scalars[i] }
    }
    return sum
  }
}
