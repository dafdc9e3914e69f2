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

  private static let models: Set<String> = [
    "Features", "Networks", "Autodiff", "Tensors", "RandomStreams",
  ]

  static let table: [String: Row] = [
    // Leaves.
    "COpenBLAS": Row(),
    "CZlib": Row(),
    "RandomStreams": Row(),
    "Measures": Row(),
    "Benchmarking": Row(),
    "ListSearch": Row(modules: ["RandomStreams"]),
    "StrictYAML": Row(packages: ["Yams"]),
    // Numbers.
    "Tensors": Row(modules: ["COpenBLAS"]),
    "Autodiff": Row(modules: ["Tensors"]),
    "Networks": Row(modules: ["Autodiff", "Tensors", "RandomStreams"], packages: ["Crypto"]),
    // Data.
    "Sessions": Row(modules: ["CZlib"]),
    "ListRules": Row(modules: ["Sessions"]),
    "EventLogs": Row(modules: ["Sessions"]),
    "Features": Row(modules: ["Sessions", "Tensors", "RandomStreams"]),
    "Objectives": Row(modules: ["Sessions", "RandomStreams"]),
    "Steering": Row(modules: ["Sessions"]),
    "ServiceAssets": Row(),
    "Worlds": Row(modules: ["Sessions", "Objectives", "RandomStreams"]),
    // Models.
    "EvaluatorModel": Row(modules: models),
    "GeneratorModel": Row(modules: models.union(["Objectives", "ListRules"])),
    // What uses them.
    "Training": Row(
      modules: models.union([
        "EvaluatorModel", "GeneratorModel", "Objectives", "Sessions", "Measures", "Worlds",
        "StrictYAML",
      ])),
    "OfflineEvaluation": Row(
      modules: [
        "EvaluatorModel", "GeneratorModel", "Objectives", "Measures", "ListSearch", "Worlds",
        "Features", "Networks", "Sessions", "Autodiff", "Tensors", "RandomStreams",
      ]),
    "Baselines": Row(
      modules: models.union([
        "Training", "OfflineEvaluation", "EvaluatorModel", "GeneratorModel", "ListSearch",
        "Objectives",
      ])),
    "Comparison": Row(
      modules: models.union([
        "Baselines", "Training", "OfflineEvaluation", "EvaluatorModel", "GeneratorModel",
        "ListSearch", "Objectives", "Measures", "Worlds", "Sessions", "StrictYAML",
      ])),
    "Serving": Row(
      modules: [
        "EvaluatorModel", "GeneratorModel", "ListSearch", "ListRules", "Steering", "EventLogs",
        "ServiceAssets", "Objectives", "Features", "Networks", "Sessions", "Tensors", "StrictYAML",
      ],
      packages: [
        "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "NIOCore", "NIOPosix", "NIOSSL",
        "ServiceLifecycle", "Logging",
      ]),
    // On top: every error and value ends here in a line of text.
    "fader": Row(
      modules: [
        "Training", "OfflineEvaluation", "Comparison", "Serving", "Worlds", "EvaluatorModel",
        "GeneratorModel", "Objectives", "Features", "Networks", "Sessions", "Tensors",
        "StrictYAML",
      ],
      packages: ["ArgumentParser", "Logging"]),
    "fader-bench": Row(
      modules: [
        "Benchmarking", "Measures", "Training", "EvaluatorModel", "GeneratorModel", "ListSearch",
        "Features", "Networks", "Objectives", "Serving", "Worlds", "Sessions", "Tensors",
        "RandomStreams",
      ],
      packages: ["ArgumentParser", "NIOCore", "NIOPosix"]),
  ]
}
