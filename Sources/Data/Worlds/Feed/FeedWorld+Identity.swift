package import Sessions

/// A request that is not of this world.
package enum FeedWorldError: Error, Sendable, Equatable, CustomStringConvertible {
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

extension FeedWorld {
  /// Throws unless the user and all candidates of the request are known to this world.
  package func check(_ request: Request) throws(FeedWorldError) {
    _ = try userNumber(request)
    _ = try itemNumbers(request)
  }

  /// Whether the request can have come from this world: it knows the ids, and its items have the
  /// shops and categories that the request says.
  package func knows(_ request: Request) -> Bool {
    guard (try? check(request)) != nil, let numbers = try? itemNumbers(request) else {
      return false
    }
    return zip(request.candidates, numbers).allSatisfy { candidate, number in
      ["shop", "category"].allSatisfy {
        candidate.features[$0] == itemFeatures[number][$0]
      }
    }
  }

  func userNumber(_ request: Request) throws(FeedWorldError) -> Int {
    guard let number = number(request.user.id, after: "u", below: users.count) else {
      throw .unknownUser(request.user.id, request: request.id, users: users.count)
    }
    return number
  }

  func itemNumbers(_ request: Request) throws(FeedWorldError) -> [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(request.candidates.count)
    for candidate in request.candidates {
      guard let number = number(candidate.id, after: "i", below: items.count) else {
        throw .unknownItem(candidate.id, request: request.id, items: items.count)
      }
      numbers.append(number)
    }
    return numbers
  }

  private func number(_ id: String, after prefix: Character, below bound: Int) -> Int? {
    guard id.first == prefix, let number = Int(id.dropFirst()) else { return nil }
    return (0..<bound).contains(number) ? number : nil
  }
}
