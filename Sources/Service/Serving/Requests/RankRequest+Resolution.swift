import ListPolicy
import Sessions

extension RankRequest {
  /// Length of a list whose request names none, as far as there are items.
  package static let defaultSize = 10

  /// The request with every choice made: `size` is set, `weights` has every objective and sums to
  /// 1. What a model is handed always has been through here.
  ///
  /// Guaranteed afterwards: at least one item, ids unique and not empty; 1 <= size <= items that
  /// are not banned; pins name distinct items, none banned, at distinct positions in 1...size;
  /// required items are not banned and fit beside the pinned ones.
  /// Everything found wrong is thrown at once.
  package func resolved(
    for model: ModelDescription, _ configuration: ServingConfiguration
  ) throws(RankErrors) -> RankRequest {
    var faults: [RankError] = []
    guard !items.isEmpty, items.count <= configuration.maximumItems else {
      throw RankErrors([
        RankError(
          at: "/items", expected: "1 to \(configuration.maximumItems) items",
          got: "\(items.count)", remedy: "send the best of an earlier stage")
      ])
    }
    let index = indexItems(&faults)
    let banned = Set(ban)
    let available = items.reduce(0) { $0 + (banned.contains($1.id) ? 0 : 1) }
    var resolved = self
    let size = checkedSize(available: available, model.listLengths, &faults)
    resolved.size = size
    checkPins(index: index, banned: banned, size: size, &faults)
    checkRequired(index: index, banned: banned, size: size, &faults)
    checkChannels(model, &faults)
    resolved.weights = effectiveWeights(model, configuration, &faults)
    guard faults.isEmpty else { throw RankErrors(faults) }
    for pin in pins { resolved.plan.pins[pin.position - 1] = index[pin.id] }
    resolved.plan.bans = Set(banned.compactMap { index[$0] })
    resolved.plan.required = Set(require.compactMap { index[$0] })
    return resolved
  }

  private func checkChannels(_ model: ModelDescription, _ faults: inout [RankError]) {
    let known = model.channels.map(\.name)
    for name in channels.keys.sorted() where !known.contains(name) {
      faults.append(
        RankError(
          at: "/channels" + pointerStep(name),
          expected: known.isEmpty
            ? "no channels, since the model does not mix a feed"
            : "one of the channels \(known.joined(separator: ", "))", got: "\"\(name)\""))
    }
  }

  private func checkRequired(
    index: [String: Int], banned: Set<String>, size: Int, _ faults: inout [RankError]
  ) {
    var names = Set(pins.map(\.id))
    for (number, id) in require.enumerated() {
      let pointer = "/require/\(number)"
      if index[id] == nil {
        faults.append(
          RankError(at: pointer, expected: "the id of one of the items", got: "\"\(id)\""))
      } else if banned.contains(id) {
        faults.append(
          RankError(
            at: pointer, expected: "an item that is not banned", got: "\"\(id)\", which /ban names")
        )
      }
      names.insert(id)
    }
    if names.count > size, !require.isEmpty {
      faults.append(
        RankError(
          at: "/require", expected: "at most \(size) pinned and required items, the list's size",
          got: "\(names.count)", remedy: "require fewer or ask for a larger size"))
    }
  }

  private func indexItems(_ faults: inout [RankError]) -> [String: Int] {
    var index: [String: Int] = [:]
    index.reserveCapacity(items.count)
    for (position, item) in items.enumerated() {
      if item.id.isEmpty {
        faults.append(
          RankError(at: "/items/\(position)/id", expected: "an id", got: "an empty text"))
      } else if let first = index[item.id] {
        faults.append(
          RankError(
            at: "/items/\(position)/id", expected: "an id that no other item has",
            got: "\"\(item.id)\", which is also /items/\(first)/id",
            remedy: "send each item once"))
      } else {
        index[item.id] = position
      }
    }
    return index
  }

  /// The length of the list. Without a request for one: the default, as far as the items and the
  /// model go.
  private func checkedSize(
    available: Int, _ lengths: ClosedRange<Int>, _ faults: inout [RankError]
  ) -> Int {
    if available < lengths.lowerBound {
      let banned = items.count - available
      faults.append(
        RankError(
          at: banned > 0 ? "/ban" : "/items",
          expected: "at least \(lengths.lowerBound) items that are not banned",
          got: "\(available) (\(banned) banned of \(items.count))"))
      return lengths.lowerBound
    }
    let most = min(available, lengths.upperBound)
    guard let size else { return max(min(RankRequest.defaultSize, most), lengths.lowerBound) }
    if size < 1 || size > items.count {
      faults.append(
        RankError(
          at: "/size", expected: "1 to the number of items, \(items.count)", got: "\(size)"))
    } else if !lengths.contains(size) {
      faults.append(
        RankError(
          at: "/size",
          expected: "\(lengths.lowerBound) to \(lengths.upperBound), which the model can fill",
          got: "\(size)"))
    } else if size > available {
      faults.append(
        RankError(
          at: "/ban", expected: "at least \(size) items left for a list of that size",
          got: "\(available) (\(items.count - available) banned of \(items.count))",
          remedy: "ban fewer, send more items or ask for a smaller size"))
    }
    return size
  }

  private func checkPins(
    index: [String: Int], banned: Set<String>, size: Int, _ faults: inout [RankError]
  ) {
    var items: [String: Int] = [:]
    var positions: [Int: Int] = [:]
    for (number, pin) in pins.enumerated() {
      let pointer = "/pins/\(number)"
      func refuse(_ field: String, _ expected: String, _ got: String) {
        faults.append(RankError(at: "\(pointer)/\(field)", expected: expected, got: got))
      }
      if index[pin.id] == nil {
        refuse("id", "the id of one of the items", "\"\(pin.id)\"")
      } else if banned.contains(pin.id) {
        refuse("id", "an item that is not banned", "\"\(pin.id)\", which /ban names")
      } else if let first = items.updateValue(number, forKey: pin.id) {
        refuse("id", "an item that is pinned once", "\"\(pin.id)\", which /pins/\(first) pins")
      }
      if pin.position < 1 || pin.position > size {
        refuse("position", "1 to the size of the list, \(size)", "\(pin.position)")
      } else if let first = positions.updateValue(number, forKey: pin.position) {
        refuse("position", "a free position", "\(pin.position), which /pins/\(first) takes")
      }
    }
  }
}
