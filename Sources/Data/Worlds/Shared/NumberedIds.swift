import Sessions

/// The ids of a world: users u0, u1 and so on, items i0, i1 and so on.
package struct NumberedIds: Sendable {
  /// How many there are.
  package let users: Int
  package let items: Int

  func user(of request: Request) throws(ForeignRequestError) -> Int {
    guard let number = number(request.user.id, after: "u", below: users) else {
      throw .unknownUser(request.user.id, request: request.id, users: users)
    }
    return number
  }

  /// Of the candidates: `[M]`.
  func items(of request: Request) throws(ForeignRequestError) -> [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(request.candidates.count)
    for candidate in request.candidates {
      guard let number = number(candidate.id, after: "i", below: items) else {
        throw .unknownItem(candidate.id, request: request.id, items: items)
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Whether the ids are known, and the candidates have these features of their items.
  func know(
    _ request: Request, features: [String], of items: [FeatureMap]
  ) -> Bool {
    guard (try? user(of: request)) != nil, let numbers = try? self.items(of: request) else {
      return false
    }
    return zip(request.candidates, numbers).allSatisfy { candidate, number in
      features.allSatisfy { candidate.features[$0] == items[number][$0] }
    }
  }

  private func number(_ id: String, after prefix: Character, below bound: Int) -> Int? {
    guard id.first == prefix, let number = Int(id.dropFirst()) else { return nil }
    return (0..<bound).contains(number) ? number : nil
  }
}

/// A request that is not of this world.
package enum ForeignRequestError: Error, Sendable, Equatable, CustomStringConvertible {
  case unknownUser(String, request: String, users: Int)
  case unknownItem(String, request: String, items: Int)

  package var description: String {
    switch self {
    case .unknownUser(let id, let request, let users):
      "request \(request): user \"\(id)\" is not in this world; expected u0 to u\(users - 1): "
        + "use the configuration that simulated the sessions"
    case .unknownItem(let id, let request, let items):
      "request \(request): item \"\(id)\" is not in this world; expected i0 to i\(items - 1): "
        + "use the configuration that simulated the sessions"
    }
  }
}
