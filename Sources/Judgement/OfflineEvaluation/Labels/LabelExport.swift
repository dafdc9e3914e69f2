import Features
import ItemLabels
import JSON
package import Sessions
package import Tensors

/// Writes labels and features of shown items to a file, for rankers that others wrote: JSON Lines,
/// gzip when the path ends in .gz.
///
/// The first line says what the columns are:
/// `{"format":"fader labels 1","depth","kinds","numbers","categories","bags"}`; of a category and
/// a bag `{"name","rows"}`. Every other line is one shown item:
/// `{"session","user","split":"train"|"held_out","slot","labels","numbers","categories","bags"}`
/// and for held-out ones `"rank"` and `"chosen"`, each along `kinds`: the item's place in the
/// policy's order, from 1, and whether the policy chose it. Items of a session stand side by side,
/// in a random order; a label that the session does not have is null.
package struct LabelExport: Sendable {
  private static let format = "fader labels 1"

  private let measurement: LabelMeasurement
  private let method: any ListMethod
  private var kinds: [String] { measurement.targets.map(\.kind) }

  /// - Parameters:
  ///   - measurement: whose targets, schema and seed count.
  ///   - method: whose orders are written.
  package init(_ measurement: LabelMeasurement, method: any ListMethod) {
    self.measurement = measurement
    self.method = method
  }

  /// - Throws: `FileError` when the file cannot be written.
  package func write(
    held: [Session], training: [Session], to path: String, workers: Workers
  ) throws(FileError) {
    var lines = try LineWriter(path: path)
    try lines.write(head)
    for (split, sessions) in [("train", training), ("held_out", held)] {
      let shown = measurement.shown(sessions, workers)
      let rankers = measurement.targets.map { LabelRanker.policy(method, $0) }
      let texts = workers.map(shown.count) { i -> [[UInt8]] in
        let items = shown[i]
        let session = sessions[items.number]
        let orders = split == "train" ? nil : rankers.compactMap { $0.order?(items) }
        return (0..<items.count).map { row(items, $0, session, split, orders) }
      }
      for text in texts.joined() { try lines.write(text) }
    }
    try lines.finish()
  }

  private var sides: [(name: String, layout: SideLayout)] {
    let layout = measurement.schema.layout
    return [("item", layout.item), ("user", layout.user), ("context", layout.context)]
  }

  private var head: [UInt8] {
    func fields(_ writer: inout JSONWriter, _ key: KeyPath<SideLayout, [CategoricalField]>) {
      writer.array { writer in
        for (name, side) in sides {
          for field in side[keyPath: key] {
            writer.object { writer in
              writer.member("name", "\(name).\(field.name)")
              writer.member("rows", field.rows)
            }
          }
        }
      }
    }
    return JSONWriter.bytes { writer in
      writer.object { writer in
        writer.member("format", Self.format)
        writer.member("depth", measurement.options.depth)
        writer.member("kinds", kinds)
        writer.member(
          "numbers", sides.flatMap { side in side.layout.numbers.map { "\(side.name).\($0)" } })
        writer.key("categories")
        fields(&writer, \.categoricals)
        writer.key("bags")
        fields(&writer, \.bags)
      }
    }
  }

  private func row(
    _ items: ShownItems, _ item: Int, _ session: Session, _ split: String, _ orders: [ItemOrder]?
  ) -> [UInt8] {
    let parts = [
      items.request.item.selecting([Int32(item)]), items.request.user, items.request.context,
    ]
    return JSONWriter.bytes { writer in
      writer.object { writer in
        writer.member("session", session.request.id)
        writer.member("user", session.request.user.id)
        writer.member("split", split)
        writer.member("slot", items.slots[item] + 1)
        writer.member(
          "labels",
          kinds.map { kind in items.labels[kind].map { JSONValue.number($0[item]) } ?? .null })
        writer.member("numbers", parts.flatMap(\.numbers))
        writer.member("categories", parts.flatMap { $0.indices.map { Int($0) } })
        writer.member("bags", parts.flatMap(\.bags))
        guard let orders else { return }
        writer.member("rank", orders.map { ($0.order.firstIndex(of: item) ?? 0) + 1 })
        writer.member("chosen", orders.map { $0.chosen.contains(item) ? 1 : 0 })
      }
    }
  }
}

extension EncodedSide {
  /// The members of each bag, row after row.
  fileprivate var bags: [[Int]] {
    zip(bagOffsets, bagOffsets.dropFirst()).map { start, end in
      bagIndices[Int(start)..<Int(end)].map { Int($0) }
    }
  }
}
