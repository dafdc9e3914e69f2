package import ConfigurationFields

/// Where several replicas keep their users' histories together: section `serving.history.redis`.
package struct RedisConfiguration: Configurable, Hashable {
  package var host = "127.0.0.1"
  package var port = 6379
  package var timeoutMilliseconds = 20.0
  package var prefix = "fader"

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("host", \.host, "Address of the server.", .filled),
    .init("port", \.port, "Its port.", .within(1...65535)),
    .init(
      "timeout_ms", \.timeoutMilliseconds,
      "Time after which a request is answered without a history; further ones do not wait for a second.",
      .above(0, upTo: 10_000), unit: "milliseconds"),
    .init(
      "prefix", \.prefix,
      "What the names of all keys begin with: replicas of one service share it.",
      .filled),
  ]
}
