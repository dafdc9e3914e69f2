import Sessions

/// What a pass over the training data collects about one field, in bounded memory.
struct FieldTally: Sendable {
  /// Bounds of a number without `clip`, in standard deviations from the mean.
  private static let defaultReach = 6.0

  private let configuration: FieldConfiguration
  private let maximumValues: Int
  /// false: only the kinds of the values are counted, for a field that no input is made of.
  private let collects: Bool

  /// Rows whose value was a usable number (or flag), a text, a list.
  private(set) var numbers = 0
  /// Those of `numbers` that are 0 or 1, or flags.
  private var flags = 0
  private(set) var texts = 0
  private(set) var lists = 0
  private(set) var moments = RunningMoments()
  private var counts: [String: Int] = [:]

  init(_ configuration: FieldConfiguration, collects: Bool, maximumValues: Int) {
    self.configuration = configuration
    self.collects = collects
    self.maximumValues = maximumValues
  }

  mutating func add(_ value: FeatureValue) {
    switch value {
    case .number, .flag:
      guard let number = value.finiteNumber else { return }
      numbers += 1
      if number == 0 || number == 1 { flags += 1 }
      if collects { add(number, of: value) }
    case .text(let text):
      texts += 1
      if collects { count(text) }
    case .texts(let values):
      lists += 1
      guard collects else { return }
      if configuration.type == .categorical {
        if let first = values.first { count(first) }
      } else {
        for value in values { count(value) }
      }
    }
  }

  private mutating func add(_ number: Double, of value: FeatureValue) {
    switch configuration.type {
    case .categorical, .bag:
      for category in value.categories { count(category) }
    case .number, nil:
      let clipped = configuration.bounds.map {
        min(max(number, $0.lowerBound), $0.upperBound)
      }
      let bounded = clipped ?? number
      moments.add(configuration.form(bounded))
    }
  }

  private mutating func count(_ value: String) {
    // Rows by hash need no counts, and a number's texts are never looked at.
    guard configuration.hashBuckets == nil, configuration.type != .number else { return }
    counts[value, default: 0] += 1
    if counts.count > maximumValues {
      // Half go at once, so that the sorting is paid for by that many new values.
      counts = Dictionary(
        uniqueKeysWithValues: byFrequency.prefix(maximumValues / 2).map { ($0.key, $0.value) })
    }
  }

  var content: FeatureContent {
    FeatureContent(numbers: numbers, flags: flags, texts: texts + lists)
  }

  /// The most frequent first, equal counts by name: the same for any order of the sessions.
  private var byFrequency: [(key: String, value: Int)] {
    counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
  }

  /// The declared type, or the one the values suggest: what the majority are, numbers or texts;
  /// among texts, a bag as soon as one list occurs.
  var type: FieldType {
    if let type = configuration.type { return type }
    if numbers > texts + lists { return .number }
    return lists > 0 ? .bag : .categorical
  }

  /// - Parameter missing: whether a row without a usable number occurred.
  func fittedNumber(_ name: String, missing: Bool) -> FittedNumber {
    let deviation = moments.deviation
    let form = configuration.form
    let reach = FieldTally.defaultReach * deviation
    let usual = (moments.mean - reach)...(moments.mean + reach)
    let bounds = configuration.bounds.map { form($0.lowerBound)...form($0.upperBound) } ?? usual
    let standardise = configuration.standardise
    return FittedNumber(
      name: name,
      normaliser: NumberNormaliser(
        form: form, lower: bounds.lowerBound, upper: bounds.upperBound,
        shift: standardise ? moments.mean : 0, scale: standardise ? deviation : 1),
      indicator: missing)
  }

  func fittedCategorical(_ name: String) -> FittedCategorical {
    let vocabulary: Vocabulary
    if let buckets = configuration.hashBuckets {
      vocabulary = Vocabulary(buckets: buckets)
    } else {
      let most = configuration.maximumRows - Vocabulary.reservedRows
      vocabulary = Vocabulary(
        values: byFrequency.prefix(most).prefix { $0.value >= configuration.minimumCount }
          .map(\.key))
    }
    let dimension =
      configuration.dimension ?? Vocabulary.defaultDimension(rows: vocabulary.rows)
    return FittedCategorical(name: name, dimension: dimension, vocabulary: vocabulary)
  }
}
