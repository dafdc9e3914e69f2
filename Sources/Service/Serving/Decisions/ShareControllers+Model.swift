import ListPolicy
import Steering

extension ShareControllers {
  /// The closed loops of a configuration, for a model.
  convenience init(
    _ configuration: ServingConfiguration, of model: ModelDescription,
    previous: ShareControllers? = nil, restored: [ShareController] = []
  ) {
    let channels = model.channels.map { channel in
      (channel.name, (flag: channel.flag, price: channel.bounds.price ?? 0))
    }
    self.init(
      configuration.steering.controllers,
      start: configuration.startingWeights(model.objectives.map(\.name)),
      channels: Dictionary(channels) { first, _ in first },
      viewDecay: model.channels.first?.viewDecay ?? 1, previous: previous, restored: restored)
  }
}
