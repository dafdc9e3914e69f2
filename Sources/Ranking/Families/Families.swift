package import Checkpoints
package import Features
import GeneratorModel
package import ListPolicy
import MixedFeed
package import Objectives
import PointwiseModel
import ScreenModel

/// The families that this package knows: the one place that names them all.
package enum Families {
  /// A row per family; the first is that of files which name none.
  package static let table: [any ListPolicy.Type] = [
    Generator.self,
    PointwisePolicy.self,
    ScreenPolicy.self,
    MixedPolicy.self,
  ]

  package static var names: [String] { table.map { $0.family } }

  /// The family of configurations and bundles that say nothing, as those before there were families.
  package static var standard: String { names.first ?? "" }

  package static func named(_ name: String) throws(UnknownFamilyError) -> any ListPolicy.Type {
    guard let family = table.first(where: { $0.family == name }) else {
      throw UnknownFamilyError(name: name)
    }
    return family
  }

  /// The family of a checkpoint's policy; nil when the checkpoint holds none.
  ///
  /// - Throws: `UnknownFamilyError`, `CheckpointError`.
  package static func family(of checkpoint: CheckpointReader) throws -> (any ListPolicy.Type)? {
    let name =
      checkpoint.hasSection(PolicyBundle.family)
      ? try checkpoint.section(PolicyBundle.family, as: String.self) : standard
    let family = try named(name)
    return checkpoint.hasSection(name) ? family : nil
  }

  /// Reads a checkpoint's policy, whatever family it is of.
  ///
  /// - Throws: `UnknownFamilyError`, what is wrong with the checkpoint.
  package static func policy(
    of checkpoint: CheckpointReader, layout: FeatureLayout, objectives: ObjectiveSet
  ) throws -> any ListPolicy {
    let family = try family(of: checkpoint) ?? named(standard)
    return try family.init(checkpoint, layout: layout, objectives: objectives)
  }
}

/// A name that no family has.
package struct UnknownFamilyError: Error, Sendable, Equatable, CustomStringConvertible {
  package let name: String

  package var description: String {
    "family: expected one of \(Families.names.joined(separator: ", ")), got \(name); a checkpoint "
      + "of another family needs the version of Fader that wrote it"
  }
}
