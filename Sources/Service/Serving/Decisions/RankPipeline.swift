import CandidateSelection
import Foundation
import ListPolicy
import ListRules
import SessionState
import Sessions
import Statistics
import Steering

/// From the bytes of a request to its answer, the same for HTTP and for files: one model under one
/// configuration.
struct RankPipeline: Sendable {
  /// The parts of the work that are timed apart.
  enum Stage: String, CaseIterable, Sendable {
    case queue, parse, check, rank, guards, write
  }

  /// Seconds by stage, as far as the request got.
  struct Timing: Sendable {
    private(set) var seconds: [(stage: Stage, seconds: Double)] = []
    private var last = ContinuousClock.now

    mutating func finish(_ stage: Stage) {
      let now = ContinuousClock.now
      seconds.append((stage, (now - last).seconds))
      last = now
    }
  }

  /// nil: fallbacks only.
  let ranker: (any ListRanker)?
  let model: ModelDescription
  let configuration: ServingConfiguration
  let controllers: ShareControllers
  let steering: SteeringRules
  /// What users saw and did; nil where nothing is remembered.
  let sessions: (any UserMemory)?
  /// How far upstream scores have moved; nil for a model that calibrates none.
  let monitor: ScoreMonitor?
  /// Who chooses the candidates of requests that say nothing of it; nil keeps all.
  let selector: CandidateSelector?
  private let scanning: (any ScanningRanker)?

  /// - Parameters:
  ///   - steering: of the configuration, checked against the model.
  ///   - controllers: of the configuration.
  ///   - monitor: of a pipeline before, which goes on if the scores are the same.
  init(
    ranker: (any ListRanker)?, configuration: ServingConfiguration, steering: SteeringRules,
    controllers: ShareControllers, sessions: (any UserMemory)? = nil,
    monitor: ScoreMonitor? = nil
  ) {
    let selector = configuration.candidates.map { CandidateSelector($0) }
    let columns =
      configuration.listRules.map(\.column) + controllers.columns + (selector?.columns ?? [])
    let ranker = ranker?.reading(columns)
    self.selector = selector
    self.ranker = ranker
    let scores = ranker?.scores ?? []
    let isSame = monitor?.scores == scores
    self.monitor = scores.isEmpty ? nil : isSame ? monitor : ScoreMonitor(scores)
    scanning = ranker as? any ScanningRanker
    var model = (ranker?.description ?? .none).limited(toItems: configuration.maximumItems)
    if let name = configuration.modelName, ranker != nil { model.name = name }
    self.model = model
    self.configuration = configuration
    self.steering = steering
    self.controllers = controllers
    self.sessions = sessions
  }

  /// - Throws: `SteeringErrors`.
  init(ranker: any ListRanker, configuration: ServingConfiguration) throws {
    let model = ranker.description
    let names = model.objectives.map(\.name)
    self.init(
      ranker: ranker, configuration: configuration,
      steering: try SteeringRules(
        configuration.steering, objectives: names, channels: model.channels.map(\.name)),
      controllers: ShareControllers(configuration, of: model))
  }

  /// - Parameters:
  ///   - requestID: of answers to requests that have none of their own.
  ///   - draw: names the draws of requests without any id.
  ///   - arrival: when the request had come whole, from which its deadline counts.
  ///   - caller: whoever asked; nil for one who waits however long it takes.
  ///   - timing: filled also when this throws.
  /// - Throws: `RankErrors` for the caller's faults.
  func answer(
    _ bytes: [UInt8], requestID: String?, draw: String = "",
    arrival: ContinuousClock.Instant = .now, caller: Caller? = nil, timing: inout Timing
  ) throws(RankErrors) -> RankAnswer {
    let (request, scanned) = try RankRequest.read(bytes, scanner: scanning?.scanner)
    timing.finish(.parse)
    let time = Date().timeIntervalSince1970
    var (resolved, applied) = try steered(request, scanned, at: time)
    resolved.requestID = request.requestID ?? requestID
    let remembered = remember(&resolved, before: time)
    let selector = try selector(of: request)
    let columns = columns(request, scanned, selector)
    resolved.plan.caller = caller
    plan(&resolved, columns.rules, arrival, draw: draw)
    if let selector { select(&resolved, by: selector, columns) }
    timing.finish(.check)
    var answer = RankAnswer(
      request: resolved, scanned: scanned, body: bytes, time: time,
      flags: columns.flags)
    if let ranker {
      answer.oddities = ranker.oddities(request, scanned)
      answer.scores = ranker.scored(request, scanned)
      try refuseUnknownVersions(answer.oddities)
    }
    defer { timing.finish(.guards) }
    do throws(NoList) {
      answer.response = try list(resolved, scanned, columns)
      timing.finish(.rank)
    } catch {
      timing.finish(.rank)
      switch error {
      case .refused(let faults): throw faults
      case .abandoned:
        answer.isAbandoned = true
        return answer
      case .fallback(let reason, let failure):
        answer.response = fallback(resolved, reason)
        answer.failure = failure
      }
    }
    guardRules(&answer, resolved)
    answer.response.model = model.name
    answer.response.steering = applied
    answer.response.history = remembered
    answer.response.candidates = resolved.plan.selected
    answer.response.requestID = resolved.requestID
    answer.response.tookMilliseconds = (ContinuousClock.now - arrival).seconds * 1000
    return answer
  }

  /// Gives a request without a history what the service remembers of its user.
  ///
  /// - Returns: what the list was made with; nil where the model reads no history.
  private func remember(
    _ request: inout RankRequest, before time: Double
  ) -> RankResponse.History? {
    guard !model.schema.history.isEmpty else { return nil }
    guard request.history.isEmpty else { return .init(.request, request.history.count) }
    guard let sessions else { return .init(.none, 0) }
    do {
      request.history = try sessions.history(of: request.user.id, before: time)
      return .init(.service, request.history.count)
    } catch {
      return .init(.unavailable, 0)
    }
  }

  /// Kinds of feedback that are taken; nil for all.
  var feedbackKinds: [String]? {
    let known = model.feedback + configuration.feedbackKinds.filter { !model.feedback.contains($0) }
    return known.isEmpty ? nil : known
  }

  private func columns(
    _ request: RankRequest, _ scanned: ScannedRequest?, _ selector: CandidateSelector?
  ) -> Columns {
    let rules = configuration.listRules.map(\.column)
    let wanted = rules + controllers.columns + (selector?.columns ?? [])
    guard !wanted.isEmpty else { return Columns() }
    var all: ArraySlice<[Float]>
    if let scanning, let scanned {
      all = scanning.columns(of: scanned)[...]
    } else {
      all = wanted.map { $0.values(of: request.items) }[...]
    }
    var columns = Columns()
    columns.rules = Array(all.prefix(rules.count))
    all = all.dropFirst(rules.count)
    columns.flags = Array(all.prefix(controllers.columns.count))
    columns.selection = Array(all.dropFirst(controllers.columns.count))
    return columns
  }

  private func plan(
    _ request: inout RankRequest, _ columns: [[Float]], _ arrival: ContinuousClock.Instant,
    draw: String
  ) {
    let rules = configuration.listRules
    let plan = request.plan
    request.plan.placement = PlacementRules(
      rules, columns: columns, candidates: request.items.count,
      length: request.size ?? 0, pins: plan.pins, bans: plan.bans, required: plan.required.sorted())
    let deadline = request.deadlineMilliseconds ?? configuration.deadlineMilliseconds
    if deadline > 0 { request.plan.deadline = arrival + .milliseconds(deadline) }
    request.plan.budget = .milliseconds(configuration.timeBudgetMilliseconds)
    request.plan.seed = stableHash(request.requestID ?? draw)
  }

  private enum NoList: Error {
    case refused(RankErrors)
    case abandoned
    case fallback(ListOrigin.FallbackReason, failure: String?)
  }

  /// The model's list, by the places of its items in the whole request.
  private func list(
    _ request: RankRequest, _ scanned: ScannedRequest?, _ columns: Columns
  ) throws(NoList) -> RankResponse {
    guard let kept = request.plan.selected?.kept, kept.count < request.items.count else {
      return try list(request, scanned)
    }
    let narrow = narrowed(request, to: kept, columns)
    var response = try list(narrow, scanned?.keeping(kept, as: narrow))
    for place in response.items.indices {
      response.items[place].index = kept[response.items[place].index]
    }
    return response
  }

  private func list(
    _ request: RankRequest, _ scanned: ScannedRequest?
  ) throws(NoList) -> RankResponse {
    guard let ranker else { throw .fallback(.noModel, failure: nil) }
    guard !request.plan.isAbandoned else { throw .abandoned }
    guard !request.plan.isLate else { throw .fallback(.deadline, failure: nil) }
    do {
      if let scanning, var scanned {
        scanned.request = request
        return try scanning.rank(scanned)
      }
      return try ranker.rank(request)
    } catch let fault as RankError {
      throw .refused(RankErrors([fault]))
    } catch let faults as RankErrors {
      throw .refused(faults)
    } catch NeedlessList.callerLeft {
      throw .abandoned
    } catch NeedlessList.deadlinePassed {
      throw .fallback(.deadline, failure: nil)
    } catch {
      throw .fallback(.failure, failure: "\(error)")
    }
  }
}
