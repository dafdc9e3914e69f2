package import Checkpoints
import GeneratorModel
import ListPolicy
import ScreenModel

/// The families that graphs are written for.
package enum ExportedGraph {
  /// The ONNX file of a checkpoint's policy.
  ///
  /// - Parameter greedy: writes greedily what the policy searches for.
  /// - Throws: `ExportError` for a family or a part that no graph is written for.
  package static func bytes(
    of checkpoint: CheckpointReader, family: String, precision: StoredPrecision, greedy: Bool
  ) throws -> [UInt8] {
    switch family {
    case Generator.family: try GeneratorGraph(checkpoint, precision: precision).bytes()
    case ScreenPolicy.family:
      try ScreenGraph(checkpoint, precision: precision, greedy: greedy).bytes()
    default:
      throw ExportError.graph(
        family: family, what: "its writer", remedy: "use --device, or a model of another family")
    }
  }
}
