import EvaluationReport
import EvaluatorModel
import Features
import Objectives
import Sessions
import Tensors

/// Picks the requests where a method gained most and least, and lays their lists out.
struct ExampleSelection {
  /// Requests on either side.
  static let most = 5
  /// Features shown beside those that the rules read.
  static let otherFeatures = 3

  let referees: ListReferees
  let weights: [Float]

  /// - Parameter sessions: those to pick from.
  func pick(_ sessions: [Session], method: any ListMethod, workers: Workers) -> ExampleSet {
    let scored = workers.map(sessions.count) { i -> RequestExample in
      example(sessions[i], number: i, method: method)
    }.sorted { $0.gain > $1.gain }
    let half = min(Self.most, scored.count / 2)
    return ExampleSet(
      best: Array(scored.prefix(half)), worst: Array(scored.suffix(half).reversed()))
  }

  private func example(_ session: Session, number: Int, method: any ListMethod) -> RequestExample {
    let batch = RequestBatch([referees.schema.encode(session).request])
    let requests = MethodRequests(
      batch: batch, lengths: [session.shown.count], logged: [session.shown],
      firstRequest: number)
    let generated = method.lists(for: requests, weights: weights)[0]
    let lists = ListBatch(requests: [0, 0], lists: [generated, session.shown])
    let referee = referees.judge ?? referees.evaluators
    let predictions = referee.predict(
      batch, lists, feedback: referees.objectives.feedback, pessimism: 0)
    let utilities = lists.lists.indices.map {
      referees.objectives.utilities(
        of: lists.lists[$0], columns: batch.columns[0], predictions: predictions[$0])
    }
    let rewards = utilities.map { referees.objectives.reward($0, weights: weights) }
    func list(_ own: Int, _ other: Int) -> ExampleList {
      ExampleList(
        utilities: named(utilities[own]),
        items: items(
          session, lists.lists[own], expected: predictions[own], other: lists.lists[other]))
    }
    return RequestExample(
      request: session.request.id, weights: named(weights),
      gain: Double(rewards[0] - rewards[1]), generated: list(0, 1), logged: list(1, 0))
  }

  private func items(
    _ session: Session, _ list: [Int], expected: [[Float]], other: [Int]
  ) -> [ExampleItem] {
    let shown = shownFeatures(session)
    return list.enumerated().map { slot, candidate in
      let item = session.request.candidates[candidate]
      let features = shown.compactMap { name in
        item.features[name].map { (name, text(of: $0)) }
      }
      let chances = zip(referees.objectives.feedback, expected).compactMap { kind, slots in
        slot < slots.count ? (kind, Double(slots[slot])) : nil
      }
      return ExampleItem(
        id: item.id, features: Dictionary(features) { first, _ in first },
        expected: Dictionary(chances) { first, _ in first },
        elsewhere: other.firstIndex(of: candidate).map { $0 + 1 })
    }
  }

  /// Names of what the rules read, and of the first few other features of text.
  private func shownFeatures(_ session: Session) -> [String] {
    let read = referees.objectives.columns.map(\.feature)
    let others = session.request.candidates.first.map { item in
      item.features.keys.sorted().filter { name in
        guard !read.contains(name), case .text = item.features[name] else { return false }
        return true
      }
    }
    return read + (others ?? []).prefix(Self.otherFeatures)
  }

  private func text(of value: FeatureValue) -> String {
    if let number = value.number { return Figures.plain(number) }
    return value.categories.joined(separator: ", ")
  }

  private func named(_ values: [Float]) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: zip(referees.objectives.names, values.map(Double.init)))
  }
}
