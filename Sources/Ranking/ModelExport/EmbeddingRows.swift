import Checkpoints
import Features
public import Sessions

/// Rows of the items' tables that travel with candidates, for the values that these have.
public struct EmbeddingRows: Codable, Sendable, Equatable {
  /// SHA-256 of the model that they belong to.
  public var model: String
  /// By feature, then by value.
  public var rows: [String: [String: [Float]]]

  public init(model: String, rows: [String: [String: [Float]]] = [:]) {
    self.model = model
    self.rows = rows
  }

  /// Takes the rows of others, such as those that came with later candidates.
  ///
  /// - Throws: `EmbeddingVersionError` for those of another model.
  public mutating func merge(_ others: EmbeddingRows) throws(EmbeddingVersionError) {
    guard others.model == model else {
      throw EmbeddingVersionError(expected: [model], got: others.model)
    }
    for (feature, values) in others.rows {
      rows[feature, default: [:]].merge(values) { _, new in new }
    }
  }
}

/// Rows of one model for another.
public struct EmbeddingVersionError: Error, Sendable, Equatable, CustomStringConvertible {
  public let expected: [String]
  public let got: String

  public var description: String {
    let known = expected.map { String($0.prefix(12)) }.joined(separator: ", ")
    return
      "embeddings: expected those of model \(known), got \(got.prefix(12)); ask for the rows of the "
      + "device's own model, and keep the older model's tables until its last device is gone"
  }
}

/// Gives candidates the rows of their values, for several versions of a model side by side.
public struct EmbeddingServer: Sendable {
  private struct Tables: Sendable {
    let schema: FittedSchema
    let tensors: [String: StoredTensor]
    let prefix: String
  }

  private var versions: [String: Tables] = [:]

  /// - Parameter paths: folders that `fader export --device DIR --embeddings FOLDER` made.
  /// - Throws: what is wrong with a folder.
  public init(_ paths: [String]) throws {
    for path in paths {
      let reader = try CheckpointReader(path: path)
      let record = try reader.section(
        DeviceExport.Record.section, as: DeviceExport.Record.self)
      versions[record.model] = Tables(
        schema: try reader.section("schema", as: FittedSchema.self),
        tensors: try reader.tensors(),
        prefix: try reader.section(ItemTables.section, as: String.self))
    }
  }

  /// The models whose rows are served.
  public var models: [String] { versions.keys.sorted() }

  /// The rows of the candidates' values.
  ///
  /// - Parameter model: the device's, as it says.
  /// - Throws: `EmbeddingVersionError` for a model whose tables are not here.
  public func rows(
    for candidates: [Candidate], model: String
  ) throws(EmbeddingVersionError) -> EmbeddingRows {
    guard let tables = versions[model] else {
      throw EmbeddingVersionError(expected: models, got: model)
    }
    var result = EmbeddingRows(model: model)
    let side = tables.schema.item
    for field in side.categoricals + side.bags {
      guard let table = tables.tensors["\(tables.prefix)item.\(field.name)"] else { continue }
      let width = table.shape[1]
      let places = Dictionary(
        zip(field.vocabulary.values, ItemTables.keptRows...),
        uniquingKeysWith: { first, _ in first })
      var rows: [String: [Float]] = [:]
      for candidate in candidates {
        let values =
          field.name == "id" && side.includesID
          ? [candidate.id] : candidate.features[field.name]?.categories ?? []
        for value in values {
          guard let row = places[value] else { continue }
          rows[value] = Array(table.scalars[row * width..<(row + 1) * width])
        }
      }
      result.rows[field.name] = rows
    }
    return result
  }
}
