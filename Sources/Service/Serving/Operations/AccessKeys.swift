/// The two classes of keys: those of clients, and those of operators, which open everything.
struct AccessKeys: Sendable {
  private let clients: KeyRing?
  private let operators: KeyRing?

  /// - Throws: `KeyError`.
  init(_ configuration: ServingConfiguration) throws(KeyError) {
    clients = try configuration.keys.map { keys throws(KeyError) in try KeyRing(keys) }
    operators = try configuration.administrationKeys.map { keys throws(KeyError) in
      try KeyRing(keys, section: "administration_keys")
    }
  }

  /// Why a request does not come in; nil when it does.
  func refusal(_ route: Route, authorization: String?) -> (Problem.Kind, String)? {
    guard !route.isOpen else { return nil }
    if let operators, operators.opens(authorization: authorization) { return nil }
    let isClient = clients?.opens(authorization: authorization) ?? false
    if route.isAdministration {
      guard clients != nil || operators != nil else { return nil }
      if isClient {
        return (
          .forbidden,
          operators == nil
            ? "expected a key of an operator, got one of a client; set serving.administration_keys"
            : "expected a key of an operator, got one of a client"
        )
      }
    } else if clients == nil || isClient {
      return nil
    }
    return (
      .unauthorized, "expected the header Authorization: Bearer KEY with a key of this service"
    )
  }
}
