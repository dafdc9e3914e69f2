import ConfigurationFields
import Sessions
import Statistics

/// What a pass over the training data collects about one side of the requests.
struct SideTally: Sendable {
  private let path: String
  private let configuration: SideConfiguration
  private let excluded: Set<String>
  /// Features that are no inputs unless they are configured.
  private let unseen: Set<String>
  private let includesID: Bool
  private let augment: AugmentConfiguration
  private let maximumValues: Int
  private var rows = 0
  private var tallies: [FieldTally] = []
  /// By name, the place in `tallies`: one look-up per value, and the tally stays where it is.
  private var places: [String: Int] = [:]

  /// - Parameter path: of the side in the configuration, for messages.
  init(
    _ path: String, _ configuration: SideConfiguration, includesID: Bool,
    augment: AugmentConfiguration = AugmentConfiguration(), unseen: Set<String> = [],
    maximumValues: Int
  ) {
    self.path = path
    self.configuration = configuration
    self.includesID = includesID
    self.augment = augment
    self.unseen = unseen
    self.maximumValues = maximumValues
    excluded = Set(configuration.exclude)
  }

  mutating func add(_ row: Candidate) {
    rows += 1
    for (name, value) in row.features where !(includesID && name == FittedSide.idName) {
      add(value, to: name)
    }
    if includesID { add(.text(row.id), to: FittedSide.idName) }
  }

  private mutating func add(_ value: FeatureValue, to name: String) {
    guard let place = places[name] else {
      var tally = tally(name)
      tally.add(value)
      places[name] = tallies.count
      return tallies.append(tally)
    }
    tallies[place].add(value)
  }

  private var fields: [String: FieldTally] { places.mapValues { tallies[$0] } }

  /// Every feature that a row had, whether an input is made of it or not; the id is none.
  var contents: [String: FeatureContent] {
    places.filter { !isID($0.key) }.mapValues { tallies[$0].content }
  }

  private func tally(_ name: String) -> FieldTally {
    var field = configuration.fields[name] ?? FieldConfiguration()
    if isID(name) { field.type = .categorical }
    return FieldTally(field, collects: isInput(name), maximumValues: maximumValues)
  }

  private func isID(_ name: String) -> Bool { includesID && name == FittedSide.idName }

  private func isInput(_ name: String) -> Bool {
    if isID(name) || configuration.fields[name] != nil { return true }
    return configuration.infer && !excluded.contains(name) && !unseen.contains(name)
  }

  func fit(faults: inout [String]) -> FittedSide {
    var side = FittedSide()
    let fields = fields
    side.includesID = includesID
    for (name, tally) in fields.sorted(by: { $0.key < $1.key }) where isInput(name) {
      switch tally.type {
      case .number: side.numbers.append(tally.fittedNumber(name, missing: tally.numbers < rows))
      case .categorical: side.categoricals.append(tally.fittedCategorical(name))
      case .bag: side.bags.append(tally.fittedCategorical(name))
      }
    }
    let ownIndicators = Set(side.numbers.filter(\.indicator).map(\.name))
    side.ranks = augment.rank.map { name in
      let missing = (fields[name]?.numbers ?? 0) < rows
      return FittedRank(name: name, indicator: missing && !ownIndicators.contains(name))
    }
    side.shares = augment.share
    faults += self.faults()
    return side
  }

  /// What the configuration asks for and the data cannot give: nearly always a slip of the pen.
  private func faults() -> [String] {
    var faults: [String] = []
    let fields = fields
    for (name, field) in configuration.fields.sorted(by: { $0.key < $1.key }) {
      let key = "\(path).fields.\(name)"
      guard let tally = fields[name] else {
        faults.append(unseen(name, key, expected: "a field of the data"))
        continue
      }
      if tally.type == .number && tally.numbers == 0 {
        faults.append(unseen(name, key, expected: "a field with numbers"))
      }
      var resolved = field
      resolved.type = tally.type
      faults += resolved.faults(at: key).map(\.description)
    }
    for name in excluded.sorted() where fields[name] == nil {
      // A name that is like no other may be of a feature that these sessions happen to lack.
      guard let near = nearestName(to: name, among: places.keys) else { continue }
      faults.append(
        "\(path).exclude: expected a field of the data, got \"\(name)\", which no training session "
          + "has; did you mean \"\(near)\"? Else remove it")
    }
    for name in augment.rank where (fields[name]?.numbers ?? 0) == 0 {
      faults.append(unseen(name, "schema.augment.rank", expected: "a field with numbers"))
    }
    for name in augment.share where fields[name] == nil {
      faults.append(unseen(name, "schema.augment.share", expected: "a field of the data"))
    }
    return faults
  }

  private func unseen(_ name: String, _ key: String, expected: String) -> String {
    let known = places.keys.sorted().prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
    let near = places[name] == nil ? nearestName(to: name, among: places.keys) : nil
    let remedy = near.map { "did you mean \"\($0)\"? Else remove it" } ?? "correct or remove it"
    return "\(key): expected \(expected), got \"\(name)\", which no training session has as such; "
      + "\(remedy) (the data has \(known.isEmpty ? "none" : known))"
  }
}
