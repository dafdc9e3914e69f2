import ConfigurationFields

/// The table of channels: a further one is a type in this folder and a row here.
package enum EvaluatorChannels {
  /// In the order in which their parameters are made and their summaries stand.
  package static let all: [any EvaluatorChannel.Type] = [
    SumChannel.self,
    ItemsChannel.self,
    AttentionChannel.self,
    RecurrentChannel.self,
    PairwiseChannel.self,
    PlacedChannel.self,
  ]

  /// The rows of `table` that the names stand for, in the order of the table; without names all that
  /// are usual.
  static func chosen(
    _ names: [String]?, from table: [any EvaluatorChannel.Type]
  ) -> [any EvaluatorChannel.Type] {
    let chosen = table.filter { names?.contains($0.name) ?? $0.isUsual }
    precondition(!chosen.isEmpty, "an evaluator has at least one channel, got \(names ?? [])")
    return chosen
  }

  /// Every fault of the names in a configuration, by their key in the section.
  static func faults(_ names: [String]) -> [ConfigurationFault] {
    let known = all.map { $0.name }
    let list = known.joined(separator: ", ")
    func fault(_ expected: String, _ got: String) -> ConfigurationFault {
      ConfigurationFault("channels", expected: expected, got: got)
    }
    var faults = names.filter { !known.contains($0) }.map { fault("some of \(list)", $0) }
    if names.isEmpty { faults.append(fault("at least one of \(list)", "none")) }
    if Set(names).count < names.count { faults.append(fault("each name once", "\(names)")) }
    return faults
  }
}
