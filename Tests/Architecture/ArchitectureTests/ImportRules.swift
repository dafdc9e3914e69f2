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
    "ConfigurationFields",
  ]

  /// Layer by layer: the rows of its targets.
  static let table: [String: [String: Row]] = [
    "Foundations": [
      "RandomStreams": Row(),
      "ProtobufMessages": Row(),
      "JSON": Row(),
      "CivilTime": Row(),
      "Statistics": Row(),
      "StrictYAML": Row(modules: ["Statistics"], packages: ["Yams"]),
      "ConfigurationFields": Row(),
      "ConfigurationReference": Row(modules: ["ConfigurationFields", "JSON", "StrictYAML"]),
    ],
    "Numerics": [
      "CProcessor": Row(),
      "CKernels": Row(modules: ["CProcessor"]),
      "COpenBLAS": Row(),
      "Tensors": Row(modules: ["CProcessor", "CKernels", "COpenBLAS"]),
      "Autodiff": Row(modules: ["Tensors"]),
      "Checkpoints": Row(modules: ["JSON"]),
      "Networks": Row(modules: ["Checkpoints", "Autodiff", "Tensors", "RandomStreams"]),
    ],
    "Data": [
      "CZlib": Row(),
      "Sessions": Row(
        modules: ["CZlib", "CivilTime", "JSON", "Statistics", "ConfigurationFields"]),
      "EventIngest": Row(modules: ["Sessions", "JSON", "Statistics"]),
      "Worlds": Row(
        modules: ["Sessions", "CivilTime", "JSON", "RandomStreams", "ConfigurationFields"]),
      "DataSources": Row(
        modules: ["Sessions", "Worlds", "Statistics", "RandomStreams", "ConfigurationFields"]),
      "Calibration": Row(modules: ["Sessions", "Statistics", "ConfigurationFields"]),
      "Features": Row(
        modules: [
          "Calibration", "Sessions", "Tensors", "JSON", "Statistics", "RandomStreams",
          "ConfigurationFields",
        ]),
    ],
    "Ranking": [
      "Objectives": Row(
        modules: ["Sessions", "JSON", "Statistics", "RandomStreams", "ConfigurationFields"]),
      "ListRules": Row(modules: ["Sessions", "JSON", "ConfigurationFields"]),
      "ListSearch": Row(modules: ["RandomStreams"]),
      "ItemLabels": Row(
        modules: [
          "Objectives", "Features", "Sessions", "Statistics", "Tensors", "RandomStreams",
        ]),
      "FeatureInputs": Row(modules: ["Features", "Networks", "Autodiff"]),
      "BehaviourModel": Row(
        modules: [
          "FeatureInputs", "Features", "Networks", "Autodiff", "Tensors", "ConfigurationFields",
        ]),
      "EvaluatorModel": Row(modules: models.union(["FeatureInputs", "BehaviourModel"])),
      "BoostedModel": Row(
        modules: ["EvaluatorModel", "Features", "Tensors", "RandomStreams"]),
      "ListPolicy": Row(
        modules: [
          "ConfigurationFields", "Features", "Objectives", "ListRules", "Networks", "Checkpoints",
          "Tensors", "Sessions", "JSON",
        ]),
      "GeneratorModel": Row(
        modules: models.union([
          "FeatureInputs", "BehaviourModel", "ListPolicy", "EvaluatorModel", "Objectives",
        ])),
      "PointwiseModel": Row(
        modules: models.union(["FeatureInputs", "ListPolicy", "EvaluatorModel", "Objectives"])),
      "ScreenModel": Row(
        modules: models.union([
          "FeatureInputs", "ListPolicy", "ListSearch", "EvaluatorModel", "PointwiseModel",
          "Objectives",
        ])),
      "Families": Row(
        modules: [
          "GeneratorModel", "PointwiseModel", "ScreenModel", "ListPolicy", "Features", "Objectives",
          "Checkpoints",
          "ConfigurationFields",
        ]),
      "ModelExport": Row(
        modules: [
          "Families", "GeneratorModel", "ScreenModel", "EvaluatorModel", "ListPolicy", "Objectives",
          "Features", "Checkpoints", "Sessions", "JSON", "ProtobufMessages",
        ]),
      "FaderRanking": Row(
        modules: [
          "ModelExport", "ScreenModel", "ListSearch", "Families", "ListPolicy", "Objectives",
          "Features", "Networks", "Checkpoints", "Sessions", "JSON",
        ]),
    ],
    "Learning": [
      "Training": Row(
        modules: models.union([
          "Families", "ListPolicy", "ListSearch", "ItemLabels", "EvaluatorModel",
          "GeneratorModel", "PointwiseModel", "ScreenModel",
          "Objectives", "Sessions", "Statistics", "DataSources", "JSON", "StrictYAML",
          "ProtobufMessages", "Calibration",
        ])),
      "Adaptation": Row(
        modules: [
          "ScreenModel", "EvaluatorModel", "ListPolicy", "Features", "Checkpoints", "Networks",
          "Autodiff", "Tensors", "RandomStreams", "Statistics",
        ]),
    ],
    "Judgement": [
      "WorldTruth": Row(modules: ["Worlds", "Objectives", "Sessions"]),
      "EvaluationReport": Row(modules: ["Statistics", "JSON"]),
      "OfflineEvaluation": Row(
        modules: models.union([
          "EvaluationReport", "WorldTruth", "BoostedModel", "EvaluatorModel", "Families",
          "ItemLabels",
          "ListPolicy", "Objectives", "Statistics", "ListSearch", "Worlds", "Sessions", "JSON",
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
      "Steering": Row(modules: ["Sessions", "JSON", "Statistics", "ConfigurationFields"]),
      "EventLogs": Row(modules: ["Sessions", "CivilTime", "JSON", "ConfigurationFields"]),
      "CHiredis": Row(),
      "SessionState": Row(
        modules: ["CHiredis", "EventIngest", "Sessions", "JSON", "ConfigurationFields"]),
      "ServiceAssets": Row(),
      "Serving": Row(
        modules: [
          "EvaluatorModel", "Families", "ListPolicy", "ListSearch", "ListRules", "Steering",
          "Calibration",
          "EventLogs", "SessionState", "ConfigurationFields",
          "ServiceAssets", "Objectives", "Features", "Networks", "Checkpoints", "Sessions",
          "EventIngest", "JSON", "Statistics", "Tensors", "StrictYAML",
        ],
        packages: [
          "Hummingbird", "HummingbirdCore", "HummingbirdHTTP2", "NIOCore", "NIOHTTP1",
          "NIOHTTPTypes", "NIOPosix",
          "NIOSSL",
          "ServiceLifecycle", "UnixSignals", "Logging",
        ]),
    ],
    // On top: every error and value ends here in a line of text.
    "Commands": [
      "fader": Row(
        modules: [
          "ConfigurationFields", "ConfigurationReference", "Adaptation", "ModelExport",
          "ScreenModel",
          "Training", "OfflineEvaluation", "EvaluationReport", "Comparison", "Serving",
          "Calibration", "DataSources", "EventIngest", "Worlds", "WorldTruth", "EvaluatorModel",
          "Families", "ListPolicy", "Objectives", "Features", "Networks", "Checkpoints",
          "Sessions", "JSON", "Statistics", "Tensors", "StrictYAML",
        ],
        packages: ["ArgumentParser", "Logging"]),
      "fader-bench": Row(
        modules: [
          "Autodiff", "Benchmarking", "Statistics", "Training", "EvaluatorModel",
          "GeneratorModel", "ScreenModel", "Families",
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
