import Checkpoints
import Families
import Features
import JSON
import ListPolicy
import ListSearch
public import ModelExport
import Networks
import Objectives
import ScreenModel
public import Sessions

/// Writes lists from a checkpoint, whatever family its policy is of: what a program of your own needs
/// to rank without a server.
public struct ListWriter: Sendable {
  private var schema: FittedSchema
  private(set) var policy: any ListPolicy
  /// Names of the objectives, which weights are given by.
  public let objectives: [String]
  /// SHA-256 of the model, of a device's checkpoint that of the one it was made from: embedding rows and
  /// private slices belong to one model.
  public let model: String
  /// The rows of items' tables that came with candidates; nil where the tables are in the checkpoint.
  private var rows: EmbeddingRows?

  /// Reads a checkpoint folder and verifies it; one that `fader export --device` made is read in the same way.
  ///
  /// - Throws: what is wrong with the folder, its files or their hashes.
  public init(checkpoint path: String) throws {
    let checkpoint = try CheckpointReader(path: path)
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    let objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    self.objectives = objectives.names
    policy = try Families.policy(of: checkpoint, layout: schema.layout, objectives: objectives)
    let name = DeviceExport.Record.section
    let record =
      checkpoint.hasSection(name)
      ? try checkpoint.section(name, as: DeviceExport.Record.self) : nil
    model = record?.model ?? checkpoint.modelHash
    rows = record?.embeddingsTravel == true ? EmbeddingRows(model: model) : nil
  }

  /// The best list that the policy knows for a request.
  ///
  /// - Parameters:
  ///   - size: length of the list, at most what bans leave of the candidates.
  ///   - weights: by objective, >= 0 and not all 0; only their proportions matter.
  ///   - pins: slot, from 0, to the index of the candidate that must stand there.
  ///   - bans: indices of candidates that must not be placed.
  ///   - decided: places, from the top, that have to be right, for a device that decides again after every
  ///     item: 1 saves most of a beam's time. nil for all. Only models of the family screen stop early.
  /// - Returns: indices into the request's candidates, from the top of the list down.
  /// - Throws: `WeightsError`; `ListWriterError` where size, pins and bans allow no list.
  public func list(
    for request: Request, size: Int, weights: [String: Double], pins: [Int: Int] = [:],
    bans: Set<Int> = [], decided: Int? = nil
  ) throws -> [Int] {
    let weights = try Weights(named: weights, objectives: objectives)
    let constraints = DecodingConstraints(pins: pins, bans: bans)
    guard size > 0, constraints.allow(length: size, candidates: request.candidates.count) else {
      throw ListWriterError(
        size: size, candidates: request.candidates.count, pins: pins, bans: bans)
    }
    let batch = RequestBatch([schema.encode(request)])
    let prepared = [policy.prepare(weights.values)]
    if let decided, let screen = policy as? ScreenPolicy {
      return screen.searches(
        batch, weights: prepared, lengths: [size], constraints: [constraints],
        beam: { screen.beam(length: $0, decided: max(1, decided)) })[0].items
    }
    return policy.lists(
      batch, weights: prepared, lengths: [size], constraints: [constraints])[0].items
  }
}

// MARK: - Rows that travel

extension ListWriter {
  /// Whether rows of the items' tables have to be taken before items are told apart by their categories.
  public var needsRows: Bool { rows != nil }

  /// Takes rows that came with candidates, beside those that came before. What the user watched is
  /// compared with candidates by its rows too, so rows are kept until `forgetRows`.
  ///
  /// - Throws: `EmbeddingVersionError` for rows of another model.
  public mutating func take(_ others: EmbeddingRows) throws(EmbeddingVersionError) {
    guard var rows else { return }
    try rows.merge(others)
    set(rows)
  }

  /// Forgets all rows, as when a page and its history are over.
  public mutating func forgetRows() {
    if rows != nil { set(EmbeddingRows(model: model)) }
  }

  private mutating func set(_ rows: EmbeddingRows) {
    self.rows = rows
    let values = rows.rows.mapValues { $0.keys.sorted() }
    schema = schema.withItemVocabularies { values[$0] ?? [] }
    for (feature, own) in rows.rows {
      policy.replaceTable("item.\(feature)", rows: (values[feature] ?? []).map { own[$0] ?? [] })
    }
  }
}

// MARK: - A model of one's own

extension ListWriter {
  /// The model of one user, from a slice that was fitted for it.
  ///
  /// - Parameter slice: as `fittedSlice` gave it.
  /// - Throws: `PrivateSliceError` for a slice of another model, what is wrong with the text.
  public func applying(slice: [UInt8]) throws -> ListWriter {
    guard var screen = policy as? ScreenPolicy else { return self }
    screen.ranker = try screen.ranker.applying(
      try EncodedJSON.value(PrivateSlice.self, of: slice), base: model)
    var own = self
    own.policy = screen
    return own
  }

  /// Fits a slice to a user's own sessions, oldest first; nothing but the slice comes out, and the sessions
  /// go nowhere.
  ///
  /// - Returns: nil where the shared model predicts the latest of them as well, or the family has no slices.
  public func fittedSlice(_ sessions: [Session]) throws -> [UInt8]? {
    guard let screen = policy as? ScreenPolicy else { return nil }
    let encoded = sessions.map { schema.encode($0) }
    return try SliceFit().fitIfUseful(screen.ranker, encoded, base: model)
      .map { try EncodedJSON.line($0) }
  }
}

/// A size, pins and bans that no list can meet.
public struct ListWriterError: Error, Sendable, Equatable, CustomStringConvertible {
  public let size: Int
  public let candidates: Int
  public let pins: [Int: Int]
  public let bans: Set<Int>

  public var description: String {
    "list: expected a size from 1 to what bans leave, with pins and bans among the candidates and "
      + "each candidate named once; got size \(size) of \(candidates) candidates, "
      + "pins \(pins.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }), "
      + "bans \(bans.sorted()); ask for a shorter list or name fewer candidates"
  }
}
