package import Checkpoints
import ListPolicy
import Networks
import RandomStreams
import ScreenModel
import Tensors

/// What a checkpoint says of how its slices are fitted; section `adaptation`.
package struct AdaptationRecord: Codable, Sendable {
  package var method: String
  package var innerSteps: Int
  package var innerRate: Float
  /// Numbers of the rate model by parameter; nil where all users have one rate.
  package var rates: [[Float]]?

  package static let section = "adaptation"

  package enum CodingKeys: String, CodingKey {
    case method, rates
    case innerSteps = "inner_steps"
    case innerRate = "inner_rate"
  }

  package init(_ training: MetaTraining) {
    method = training.configuration.method.rawValue
    innerSteps = training.configuration.innerSteps
    innerRate = training.configuration.innerRate
    rates = training.rates?.parameters.values.map(\.scalars)
  }

  /// The model of the rates; nil where there is none, or its numbers are not those of one.
  package func rateModel(heads: Int) -> RateModel? {
    guard let rates else { return nil }
    var model = RateModel(heads: heads, stream: RandomStream(seed: 0, "meta.load"))
    guard rates.map(\.count) == model.parameters.values.map(\.scalars.count) else { return nil }
    for (place, scalars) in rates.enumerated() {
      model.parameters.values[place].scalars = scalars
    }
    return model
  }
}

extension MetaTraining {
  /// The checkpoint that training started from, with the new shared start in place of its policy.
  package func checkpoint(from reader: CheckpointReader) throws -> CheckpointWriter {
    var writer = try CheckpointWriter(copying: reader)
    var tensors = try reader.tensors()
    for tensor in ranker.parameters.stored(prefix: ScreenPolicy.tensorPrefix) {
      tensors[tensor.name] = tensor
    }
    writer.add(tensors: tensors.values.sorted { $0.name < $1.name })
    try writer.setSection(AdaptationRecord.section, AdaptationRecord(self))
    return writer
  }
}
