import Checkpoints
import Families
import Features
import ListPolicy
import Objectives
public import Sessions

/// Writes lists from a checkpoint, whatever family its policy is of: what a program of your own needs
/// to rank without a server.
public struct ListWriter: Sendable {
  private let schema: FittedSchema
  private let policy: any ListPolicy
  /// Names of the objectives, which weights are given by.
  public let objectives: [String]

  /// Reads a checkpoint folder and verifies it.
  ///
  /// - Throws: what is wrong with the folder, its files or their hashes.
  public init(checkpoint path: String) throws {
    let checkpoint = try CheckpointReader(path: path)
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    let objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    self.objectives = objectives.names
    policy = try Families.policy(of: checkpoint, layout: schema.layout, objectives: objectives)
  }

  /// The best list that the policy knows for a request.
  ///
  /// - Parameters:
  ///   - size: length of the list, at most what bans leave of the candidates.
  ///   - weights: by objective, >= 0 and not all 0; only their proportions matter.
  ///   - pins: slot, from 0, to the index of the candidate that must stand there.
  ///   - bans: indices of candidates that must not be placed.
  /// - Returns: indices into the request's candidates, from the top of the list down.
  /// - Throws: `WeightsError`; `ListWriterError` where size, pins and bans allow no list.
  public func list(
    for request: Request, size: Int, weights: [String: Double], pins: [Int: Int] = [:],
    bans: Set<Int> = []
  ) throws -> [Int] {
    let weights = try Weights(named: weights, objectives: objectives)
    let constraints = DecodingConstraints(pins: pins, bans: bans)
    guard size > 0, constraints.allow(length: size, candidates: request.candidates.count) else {
      throw ListWriterError(
        size: size, candidates: request.candidates.count, pins: pins, bans: bans)
    }
    return policy.lists(
      RequestBatch([schema.encode(request)]), weights: [policy.prepare(weights.values)],
      lengths: [size], constraints: [constraints])[0].items
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
