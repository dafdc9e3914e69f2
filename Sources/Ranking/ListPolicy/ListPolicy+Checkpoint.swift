package import Checkpoints
import Networks
import Tensors

extension ListPolicy {
  /// The parameters as tensors of a file.
  package var stored: [StoredTensor] { parameters.stored(prefix: Self.tensorPrefix) }

  /// What the names of the family's tensors start with.
  package static var tensorPrefix: String { "\(family)." }

  /// Reads the parameters of a checkpoint in place of those that are there.
  package mutating func loadParameters(of checkpoint: CheckpointReader) throws {
    try parameters.load(try checkpoint.tensors(), prefix: Self.tensorPrefix)
  }

  /// Puts other rows behind the first two, those of unknown and absent values, of an embedding table.
  package mutating func replaceTable(_ name: String, rows: [[Float]]) {
    guard let place = parameters.names.firstIndex(of: name) else { return }
    var parameters = parameters
    let width = parameters.values[place].columns
    let scalars = parameters.values[place].scalars.prefix(2 * width) + rows.flatMap(\.self)
    parameters.values[place] = Matrix(
      rows: 2 + rows.count, columns: width, scalars: Array(scalars))
    self.parameters = parameters
  }

  /// Puts the family's name and section into a bundle; tensors go into one file with others.
  package func addSections(to writer: inout CheckpointWriter) throws {
    try writer.setSection(PolicyBundle.family, Self.family)
    try writer.setSection(Self.family, configuration)
  }
}

/// Where a bundle says which family its policy is of.
package enum PolicyBundle {
  package static let family = "family"
}
