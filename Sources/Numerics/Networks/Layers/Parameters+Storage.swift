package import Checkpoints
import Tensors

/// A parameter file that does not fit the model it is read into.
package struct ParameterError: Error, Sendable, Equatable, CustomStringConvertible {
  package let parameter: String
  package let expected: String
  package let got: String
  package var remedy = "the file and the configuration beside it belong to different models"

  package var description: String {
    "parameter \(parameter): expected \(expected), got \(got); \(remedy)"
  }
}

extension Parameters {
  /// The parameters as tensors of a file, their names after `prefix`.
  package func stored(prefix: String) -> [StoredTensor] {
    zip(names, values).map {
      StoredTensor(
        name: prefix + $0, shape: [$1.rows, $1.columns], scalars: $1.scalars)
    }
  }

  /// Takes all values from a file; shapes must agree, and all must be finite.
  package mutating func load(
    _ tensors: [String: StoredTensor], prefix: String
  ) throws(ParameterError) {
    values = try Parameters.matrices(names, like: values, in: tensors, prefix: prefix)
  }

  static func matrices(
    _ names: [String], like values: [Matrix], in tensors: [String: StoredTensor], prefix: String
  ) throws(ParameterError) -> [Matrix] {
    var result: [Matrix] = []
    for (name, old) in zip(names, values) {
      let expected = "shape [\(old.rows), \(old.columns)]"
      guard let tensor = tensors[prefix + name] else {
        throw ParameterError(parameter: prefix + name, expected: expected, got: "none")
      }
      guard tensor.shape == [old.rows, old.columns] else {
        throw ParameterError(
          parameter: prefix + name, expected: expected, got: "shape \(tensor.shape)")
      }
      if let odd = tensor.scalars.first(where: { !$0.isFinite }) {
        throw ParameterError(
          parameter: prefix + name, expected: "finite numbers", got: "\(odd)",
          remedy: "the model is of no use: take an earlier checkpoint, or train again")
      }
      result.append(Matrix(rows: old.rows, columns: old.columns, scalars: tensor.scalars))
    }
    return result
  }
}

extension Adam {
  /// The moments as tensors of a file.
  package func stored(_ parameters: Parameters, prefix: String) -> [StoredTensor] {
    zip(parameters.names, zip(means, squares)).flatMap { name, moments in
      [("mean", moments.0), ("square", moments.1)].map {
        StoredTensor(
          name: "\(prefix)\($0.0).\(name)", shape: [$0.1.rows, $0.1.columns],
          scalars: $0.1.scalars)
      }
    }
  }

  /// Takes moments and step count over, so that the next step is the one that would have followed.
  package mutating func load(
    _ tensors: [String: StoredTensor], _ parameters: Parameters, prefix: String, step: Int
  ) throws(ParameterError) {
    means = try Parameters.matrices(
      parameters.names, like: means, in: tensors, prefix: prefix + "mean.")
    squares = try Parameters.matrices(
      parameters.names, like: squares, in: tensors, prefix: prefix + "square.")
    self.step = step
  }
}
