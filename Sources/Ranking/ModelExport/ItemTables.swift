import Checkpoints
import Features

/// The embedding tables of the items of a policy.
struct ItemTables {
  static let section = "tensor_prefix"
  /// Rows that a device keeps: those of unknown values and of absent ones.
  static let keptRows = 2

  let names: Set<String>

  init(_ schema: FittedSchema, tensorPrefix: String) {
    names = Set(
      (schema.item.categoricals + schema.item.bags).map { "\(tensorPrefix)item.\($0.name)" })
  }

  /// The rows that stay on the device.
  func kept(_ table: StoredTensor) -> StoredTensor {
    let columns = table.shape[1]
    return StoredTensor(
      name: table.name, shape: [Self.keptRows, columns],
      scalars: Array(table.scalars.prefix(Self.keptRows * columns)))
  }

  /// The schema that knows no value of the items' categoricals.
  static func emptied(_ schema: FittedSchema) -> FittedSchema {
    schema.withItemVocabularies { _ in [] }
  }
}
