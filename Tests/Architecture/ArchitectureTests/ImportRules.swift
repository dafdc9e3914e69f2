/// Who may import whom; the table of the design.
enum ImportRules {
  struct Row {
    /// Modules of this package.
    var modules: Set<String> = []
    /// Modules of other packages.
    var packages: Set<String> = []

    var allowed: Set<String> { modules.union(packages) }
  }

  /// Modules that come with the compiler: anyone may use them.
  static let system: Set<String> = ["Foundation", "Dispatch", "Synchronization", "Glibc"]

  /// The layers from the ground up: a target imports targets of its own layer and of those before.
  static let layers = [
    "Foundations", "Numerics", "Data", "Ranking", "Learning", "Judgement", "Service", "Commands",
  ]

  private static let models: Set<String> = [
    "Features", "Networks", "Checkpoints", "Autodiff", "Tensors", "RandomStreams",
  ]

  /// Layer by layer: the rows of its targets.
  static let table: [String: [String: Row]] = [
    "Foundations": [
      "RandomStreams": Row(),
      "JSON": Row(),
      "Statistics": Row(),
      "StrictYAML": Row(modules: ["Statistics"], packages: ["Yams"]),
    ],
    "Numerics": [
      "COpenBLAS": Row(),
      "Tensors": Row(modules: ["COpenBLAS"]),
      "Autodiff": Row(modules: ["Tensors"]),
      "Checkpoints": Row(modules: ["JSON"], packages: ["Crypto"]),
      "Networks": Row(modules: ["Checkpoints", "Autodiff", "Tensors", "RandomStreams"]),
    ],
    "Data": [
      "CZlib": Row(),
      "Sessions": Row(modules: ["CZlib", "JSON", "Statistics"]),
      "EventIngest": Row(modules: ["Sessions", "JSON", "Statistics"]),
      "Worlds": Row(modules: ["Sessions", "JSON", "RandomStreams"]),
      "DataSources": Row(modules: ["Sessions", "Worlds"]),
      "Features": Row(modules: ["Sessions", "Tensors", "JSON", "Statistics", "RandomStreams"]),
    ],
    "Ranking": [
      "Objectives": Row(modules: ["Sessions", "JSON", "Statistics", "RandomStreams"]),
      "ListRules": Row(modules: ["Sessions", "JSON"]),
      "ListSearch": Row(modules: ["RandomStreams"]),
      "EvaluatorModel": Row(modules: models),
      "ListPolicy": Row(
        modules: ["Features", "Objectives", "ListRules", "Networks", "Checkpoints", "Tensors"]),
      "GeneratorModel": Row(modules: models.union(["ListPolicy", "Objectives"])),
      "PointwiseModel": Row(
        modules: models.union(["ListPolicy", "EvaluatorModel", "Objectives"])),
      "Families": Row(
        modules: [
          "GeneratorModel", "PointwiseModel", "ListPolicy", "Features", "Objectives", "Checkpoints",
        ]),
    ],
    "Learning": [
      "Training": Row(
        modules: models.union([
          "Families", "ListPolicy", "EvaluatorModel", "GeneratorModel", "PointwiseModel",
          "Objectives", "Sessions", "Statistics", "DataSources", "JSON", "StrictYAML",
        ]))
    ],
    "Judgement": [
      "WorldTruth": Row(modules: ["Worlds", "Objectives", "Sessions"]),
      "EvaluationReport": Row(modules: ["Statistics", "JSON"]),
      "OfflineEvaluation": Row(
        modules: models.union([
          "EvaluationReport", "WorldTruth", "EvaluatorModel", "Families", "ListPolicy",
          "Objectives", "Statistics", "ListSearch", "Worlds", "Sessions", "JSON",
        ])),
      "Baselines": Row(
        modules: models.union([
          "Training", "OfflineEvaluation", "EvaluatorModel", "GeneratorModel", "PointwiseModel",
          "ListPolicy", "ListSearch", "Objectives", "Sessions",
        ])),
      "Comparison": Row(
        modules: models.union([
          "Baselines", "Training", "OfflineEvaluation", "EvaluationReport", "EvaluatorModel",
          "GeneratorModel", "PointwiseModel", "Families", "ListPolicy", "ListSearch",
          "Objectives", "Statistics", "DataSources", "Worlds", "Sessions", "JSON", "StrictYAML",
        ])),
      "Benchmarking": Row(),
    ],
    "Service": [
      "Steering": Row(modules: ["Sessions", "JSON", "Statistics"]),
      "EventLogs": Row(modules: ["Sessions", "JSON"]),
      "ServiceAssets": Row(),
      "Serving": Row(
        modules: [
          "EvaluatorModel", "Families", "ListPolicy", "ListSearch", "ListRules", "Steering",
          "EventLogs",
          "ServiceAssets", "Objectives", "Features", "Networks", "Checkpoints", "Sessions",
          "EventIngest", "JSON", "Statistics", "Tensors", "StrictYAML",
        ],
        packages: [
          "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "NIOCore", "NIOPosix", "NIOSSL",
          "ServiceLifecycle", "UnixSignals", "Logging",
        ]),
    ],
    // On top: every error and value ends here in a line of text.
    "Commands": [
      "fader": Row(
        modules: [
          "Training", "OfflineEvaluation", "EvaluationReport", "Comparison", "Serving",
          "DataSources", "EventIngest", "Worlds", "WorldTruth", "EvaluatorModel",
          "Families", "ListPolicy", "Objectives", "Features", "Networks", "Checkpoints",
          "Sessions", "JSON", "Statistics", "Tensors", "StrictYAML",
        ],
        packages: ["ArgumentParser", "Logging"]),
      "fader-bench": Row(
        modules: [
          "Benchmarking", "Statistics", "Training", "EvaluatorModel", "GeneratorModel",
          "ListPolicy", "ListSearch", "Features", "Networks", "Checkpoints", "Objectives",
          "Serving", "Worlds",
          "WorldTruth", "DataSources", "EventIngest", "Sessions", "JSON", "Tensors",
          "RandomStreams",
        ],
        packages: ["ArgumentParser", "NIOCore", "NIOPosix"]),
    ],
  ]

  /// The row of a target, nil when no layer has it.
  static func row(of target: String) -> Row? {
    table.values.lazy.compactMap { $0[target] }.first
  }

  /// The place of a target's layer from the ground up, nil when no layer has it.
  static func height(of target: String) -> Int? {
    layers.firstIndex { table[$0]?[target] != nil }
  }

  static var targets: [String] { table.values.flatMap(\.keys).sorted() }
}
