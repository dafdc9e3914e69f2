package import ConfigurationFields
package import Sessions
import Statistics

/// The raw features of one side of the requests, by name: what rules and conditions may name.
package struct KnownFeatures: Sendable, Equatable {
  package let contents: [String: FeatureContent]
  /// Who has them, as in `candidates of the training sessions`.
  let owner: String

  init(_ contents: [String: FeatureContent], of owner: String) {
    self.contents = contents
    self.owner = owner
  }

  package func knows(_ name: String) -> Bool { contents[name] != nil }

  /// The feature that a misspelt name most likely means.
  package func nearest(to name: String) -> String? {
    nearestName(to: name, among: contents.keys)
  }

  /// What is wrong with a rule that reads the feature as this column: the feature is not there, or
  /// its values are of another type. Nil when nothing is.
  ///
  /// - Parameters:
  ///   - key: where the configuration names the feature.
  ///   - numbersAreFlags: whether a number above 0 is a flag too.
  ///   - remedy: what else to do about a feature that is not there.
  package func fault(
    at key: String, _ column: CandidateColumn, numbersAreFlags: Bool = false,
    remedy: String = "log the feature"
  ) -> ConfigurationFault? {
    let wanted = column.kind.wording(numbersAreFlags: numbersAreFlags)
    let name = column.feature
    guard let content = contents[name] else {
      let meant = nearest(to: name).map { "did you mean '\($0)'? Else" } ?? "correct it, or"
      return ConfigurationFault(
        key, expected: "\(wanted) of the \(owner) (\(list))",
        got: "'\(name)', which none has", remedy: "\(meant) \(remedy)")
    }
    guard !content.suits(column.kind, numbersAreFlags: numbersAreFlags) else { return nil }
    let others = contents.filter {
      $0.value.suits(column.kind, numbersAreFlags: numbersAreFlags)
    }.keys.sorted()
    let choice = others.isEmpty ? "there is none" : "such are \(others.joined(separator: ", "))"
    return ConfigurationFault(
      key, expected: "\(wanted) of the \(owner)",
      got: "'\(name)', whose values are of another type (\(content.rawValue))",
      remedy: "name another feature (\(choice)), or log it as another type")
  }

  /// `'is_ad' is none of the features of candidates in the model's schema (..)`
  package func absence(of name: String) -> String {
    "'\(name)' is none of the features of the \(owner) (\(list))"
  }

  /// `age: number, shop: text`; the first of very many.
  private var list: String {
    guard !contents.isEmpty else { return "there are none" }
    let most = 60
    let names = contents.sorted { $0.key < $1.key }.prefix(most).map {
      $0.value == .open ? $0.key : "\($0.key): \($0.value.rawValue)"
    }
    let more = contents.count > most ? " and \(contents.count - most) more" : ""
    return names.joined(separator: ", ") + more
  }
}

/// The raw features of requests.
package struct RequestFeatures: Sendable, Equatable {
  package let item: KnownFeatures
  package let user: KnownFeatures
  package let context: KnownFeatures

  /// - Parameter source: where they are known from, as in `of the training sessions`.
  init(
    item: [String: FeatureContent], user: [String: FeatureContent],
    context: [String: FeatureContent], source: String
  ) {
    self.item = KnownFeatures(item, of: "candidates \(source)")
    self.user = KnownFeatures(user, of: "users \(source)")
    self.context = KnownFeatures(context, of: "requests \(source)")
  }
}
