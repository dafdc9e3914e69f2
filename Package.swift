// swift-tools-version: 6.2
import PackageDescription

let strict = Context.environment["FADER_WARNINGS_AS_ERRORS"] == "1"

let warnings: [SwiftSetting] =
  (strict ? [.treatAllWarnings(as: .error)] : []) + [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
let safe: [SwiftSetting] =
  warnings + [.strictMemorySafety(), .treatWarning("StrictMemorySafety", as: .error)]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

/// A library target in its layer's folder.
func module(_ layer: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)",
    exclude: ["README.md"], swiftSettings: name == "Tensors" ? warnings : safe)
}

/// A target in C, and the parts of the C library that it needs.
func cModule(
  _ layer: String, _ name: String, _ dependencies: [Target.Dependency] = [],
  linking libraries: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)",
    exclude: ["README.md"],
    linkerSettings: libraries.map { .linkedLibrary($0, .when(platforms: [.linux])) })
}

/// The tests of a target, in a folder that mirrors the target's.
func tests(_ layer: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + [.byName(name: name)],
    path: "Tests/\(layer)/\(name)Tests", swiftSettings: safe)
}

let systemLibraries: [Target] = [
  .systemLibrary(
    name: "CZlib", path: "Sources/Data/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])])
]

let foundations: [Target] = [
  module("Foundations", "RandomStreams"),
  module("Foundations", "JSON"),
  module("Foundations", "CivilTime"),
  module("Foundations", "ProtobufMessages"),
  module("Foundations", "Statistics"),
  module("Foundations", "StrictYAML", ["Statistics", yams]),
  module("Foundations", "ConfigurationFields"),
  module("Foundations", "ConfigurationReference", ["ConfigurationFields", "JSON", "StrictYAML"]),
]

let numerics: [Target] = [
  cModule("Numerics", "CProcessor"),
  cModule("Numerics", "CKernels", ["CProcessor"], linking: ["m"]),
  cModule("Numerics", "COpenBLAS", linking: ["dl"]),
  module("Numerics", "Tensors", ["CProcessor", "CKernels", "COpenBLAS"]),
  module("Numerics", "Autodiff", ["Tensors"]),
  module("Numerics", "Checkpoints", ["JSON"]),
  module("Numerics", "Networks", ["Checkpoints", "Autodiff", "Tensors", "RandomStreams"]),
]

let data: [Target] = [
  module(
    "Data", "Sessions", ["CZlib", "CivilTime", "JSON", "Statistics", "ConfigurationFields"]),
  module("Data", "EventIngest", ["Sessions", "JSON", "Statistics"]),
  module(
    "Data", "Worlds", ["Sessions", "CivilTime", "JSON", "RandomStreams", "ConfigurationFields"]),
  module("Data", "CandidateSelection", ["Sessions", "ConfigurationFields"]),
  module(
    "Data", "DataSources",
    [
      "CandidateSelection", "Sessions", "Worlds", "Statistics", "RandomStreams",
      "ConfigurationFields",
    ]),
  module("Data", "Calibration", ["Sessions", "Statistics", "ConfigurationFields"]),
  module(
    "Data", "Features",
    [
      "Calibration", "Sessions", "Tensors", "JSON", "Statistics", "RandomStreams",
      "ConfigurationFields",
    ]),
]

let ranking: [Target] = [
  module(
    "Ranking", "Objectives",
    ["Sessions", "JSON", "Statistics", "RandomStreams", "ConfigurationFields"]),
  module("Ranking", "ListRules", ["Sessions", "JSON", "ConfigurationFields"]),
  module("Ranking", "ListSearch", ["RandomStreams"]),
  module("Ranking", "FeedPlanning"),
  module(
    "Ranking", "ItemLabels",
    ["Objectives", "Features", "Sessions", "Statistics", "Tensors", "RandomStreams"]),
  module("Ranking", "FeatureInputs", ["Features", "Networks", "Autodiff"]),
  module(
    "Ranking", "BehaviourModel",
    ["FeatureInputs", "Features", "Networks", "Autodiff", "Tensors", "ConfigurationFields"]),
  module(
    "Ranking", "EvaluatorModel",
    [
      "BehaviourModel", "FeatureInputs", "Features", "Networks", "Checkpoints", "Autodiff",
      "Tensors",
      "RandomStreams", "ConfigurationFields",
    ]),
  module(
    "Ranking", "BoostedModel",
    ["EvaluatorModel", "Features", "Tensors", "RandomStreams"]),
  module(
    "Ranking", "ListPolicy",
    [
      "ConfigurationFields", "Features", "Objectives", "ListRules", "Networks", "Checkpoints",
      "Tensors", "Sessions", "JSON",
    ]),
  module(
    "Ranking", "GeneratorModel",
    [
      "EvaluatorModel", "BehaviourModel",
      "ConfigurationFields", "Features", "Objectives", "ListRules", "Networks", "Checkpoints",
      "Autodiff", "Tensors", "ListPolicy", "FeatureInputs",
      "RandomStreams",
    ]),
  module(
    "Ranking", "PointwiseModel",
    [
      "ConfigurationFields",
      "ListPolicy", "EvaluatorModel", "FeatureInputs", "Features", "Objectives", "Networks",
      "Checkpoints", "Autodiff", "Tensors", "RandomStreams",
    ]),
  module(
    "Ranking", "ScreenModel",
    [
      "ConfigurationFields", "ListPolicy", "ListSearch", "EvaluatorModel", "PointwiseModel",
      "FeatureInputs", "Features", "Objectives", "Networks", "Checkpoints", "Autodiff", "Tensors",
      "RandomStreams",
    ]),
  module(
    "Ranking", "MixedFeed",
    [
      "ConfigurationFields", "ListPolicy", "ListRules", "FeedPlanning", "ScreenModel",
      "PointwiseModel", "EvaluatorModel", "Features", "Objectives", "Networks", "Checkpoints",
      "Autodiff", "Sessions", "RandomStreams",
    ]),
  module(
    "Ranking", "Families",
    [
      "GeneratorModel", "PointwiseModel", "ScreenModel", "MixedFeed", "ListPolicy", "Features",
      "Objectives",
      "Checkpoints",
      "ConfigurationFields",
    ]),
  module(
    "Ranking", "ModelExport",
    [
      "Families", "GeneratorModel", "ScreenModel", "EvaluatorModel", "ListPolicy", "Objectives",
      "Features", "Checkpoints", "Sessions", "JSON", "ProtobufMessages",
    ]),
  module(
    "Ranking", "FaderRanking",
    [
      "ModelExport", "ScreenModel", "ListSearch", "Families", "ListPolicy", "Objectives",
      "Features",
      "Networks", "Checkpoints", "Sessions", "JSON",
    ]),
]

let learning: [Target] = [
  module(
    "Learning", "Training",
    [
      "Families", "ListPolicy", "ListSearch", "ItemLabels", "EvaluatorModel", "GeneratorModel",
      "PointwiseModel", "ScreenModel", "MixedFeed", "CandidateSelection", "DataSources",
      "Objectives", "Features", "Calibration", "Sessions", "JSON", "ProtobufMessages",
      "Statistics", "Networks",
      "Checkpoints",
      "Autodiff", "Tensors", "RandomStreams", "StrictYAML", "ConfigurationFields",
    ])
]

let adaptation: [Target] = [
  module(
    "Learning", "Adaptation",
    [
      "ScreenModel", "EvaluatorModel", "ListPolicy", "Features", "Checkpoints", "Networks",
      "Autodiff",
      "Tensors", "RandomStreams", "Statistics",
    ])
]

let judgement: [Target] = [
  module("Judgement", "WorldTruth", ["Worlds", "Objectives", "Sessions"]),
  module("Judgement", "EvaluationReport", ["Statistics", "JSON"]),
  module(
    "Judgement", "OfflineEvaluation",
    [
      "JSON",
      "EvaluationReport", "WorldTruth", "BoostedModel", "EvaluatorModel", "Families",
      "ItemLabels", "ListPolicy", "Objectives", "Statistics", "ListSearch", "Worlds", "Features",
      "Networks", "Checkpoints",
      "Sessions",
      "Tensors", "RandomStreams",
    ]),
  module(
    "Judgement", "Baselines",
    [
      "CandidateSelection", "Sessions",
      "Training", "OfflineEvaluation", "EvaluatorModel", "GeneratorModel", "PointwiseModel",
      "ListPolicy", "Objectives", "Features", "Networks", "Autodiff", "Tensors",
      "RandomStreams", "ConfigurationFields",
    ]),
  module(
    "Judgement", "Comparison",
    [
      "ConfigurationFields", "Baselines", "Training", "OfflineEvaluation", "EvaluationReport",
      "EvaluatorModel", "GeneratorModel", "ListSearch", "Objectives", "Statistics", "DataSources",
      "Worlds", "Features", "Networks", "Checkpoints", "Sessions", "JSON", "StrictYAML", "Tensors",
      "RandomStreams", "PointwiseModel", "Families", "ListPolicy",
    ]),
  module("Judgement", "Benchmarking"),
]

let service: [Target] = [
  .target(
    name: "ServiceAssets", path: "Sources/Service/ServiceAssets", exclude: ["README.md"],
    resources: [
      .embedInCode("Files/console.html"), .embedInCode("Files/console.css"),
      .embedInCode("Files/console.js"), .embedInCode("Files/openapi.json"),
    ],
    swiftSettings: safe),
  module("Service", "Steering", ["Statistics", "Sessions", "JSON", "ConfigurationFields"]),
  module("Service", "EventLogs", ["Sessions", "CivilTime", "JSON", "ConfigurationFields"]),
  cModule("Service", "CHiredis", linking: ["dl"]),
  module(
    "Service", "SessionState",
    ["CHiredis", "EventIngest", "Sessions", "JSON", "ConfigurationFields"]),
  module(
    "Service", "Serving",
    [
      "CandidateSelection", "ConfigurationFields", "EvaluatorModel", "ListSearch", "ListRules",
      "Steering", "EventLogs", "SessionState", "ServiceAssets", "Objectives", "Features",
      "Calibration",
      "Networks", "Checkpoints",
      "Sessions", "Families", "ListPolicy",
      "EventIngest", "JSON", "Statistics", "StrictYAML", "Tensors", hummingbird, hummingbirdCore,
      hummingbirdHTTP2, lifecycle, logging, nioCore, nioHTTP1, nioHTTPTypes, nioPosix,
      nioSSL,
    ]),
]

let commands: [Target] = [
  .executableTarget(
    name: "fader",
    dependencies: [
      "ConfigurationFields", "ConfigurationReference", "Adaptation", "ModelExport", "ScreenModel",
      "Training", "OfflineEvaluation", "EvaluationReport", "Comparison", "Serving", "DataSources",
      "EventIngest", "Worlds", "WorldTruth", "EvaluatorModel", "Families", "ListPolicy",
      "Objectives", "Features", "Calibration", "Networks", "Checkpoints", "Sessions", "JSON",
      "Statistics", "Tensors", "StrictYAML", argumentParser, logging,
    ], path: "Sources/Commands/fader",
    exclude: ["README.md"], swiftSettings: safe),
  .executableTarget(
    name: "fader-bench",
    dependencies: [
      "Autodiff", "Benchmarking", "Statistics", "Training", "EvaluatorModel", "GeneratorModel",
      "ListPolicy", "ListSearch", "ListRules", "FeedPlanning", "ScreenModel", "MixedFeed",
      "Families",
      "Steering",
      "Objectives", "Worlds", "WorldTruth", "DataSources", "EventIngest", "Features", "Networks",
      "CandidateSelection",
      "Checkpoints", "Serving", "Sessions", "JSON", "Tensors", "RandomStreams", argumentParser,
      nioCore, nioPosix,
    ], path: "Sources/Commands/fader-bench",
    exclude: ["README.md"], swiftSettings: safe),
]

let testSupport: [Target] = [
  .target(
    name: "TinyModels",
    dependencies: [
      "BehaviourModel", "EvaluatorModel", "GeneratorModel", "Objectives", "Features", "Networks",
      "Checkpoints",
      "Autodiff",
      "Tensors", "RandomStreams",
    ],
    path: "Tests/Support/TinyModels", exclude: ["README.md"], swiftSettings: safe),
  .target(
    name: "TestSupport", dependencies: ["Sessions", "ConfigurationFields"],
    path: "Tests/Support/TestSupport",
    exclude: ["README.md"], swiftSettings: safe),
  .target(
    name: "CAllocationCounting", path: "Tests/Support/CAllocationCounting", exclude: ["README.md"]),
]

let allTests: [Target] = [
  .testTarget(
    name: "AllocationTests",
    dependencies: [
      "CAllocationCounting", "Training", "Serving", "EvaluatorModel", "GeneratorModel",
      "Objectives", "Features", "Networks", "Tensors", "RandomStreams", "TinyModels",
    ],
    path: "Tests/Architecture/AllocationTests", swiftSettings: safe),
  .testTarget(
    name: "ArchitectureTests", path: "Tests/Architecture/ArchitectureTests", swiftSettings: safe),
  tests("Foundations", "RandomStreams"),
  tests("Foundations", "JSON", ["TestSupport", "RandomStreams"]),
  tests("Foundations", "CivilTime", ["RandomStreams"]),
  tests("Foundations", "Statistics", ["RandomStreams"]),
  tests("Foundations", "StrictYAML", ["RandomStreams"]),
  tests("Foundations", "ConfigurationFields", ["StrictYAML", "TestSupport"]),
  tests("Foundations", "ConfigurationReference", ["ConfigurationFields", "JSON", "StrictYAML"]),
  tests("Numerics", "Tensors", ["RandomStreams"]),
  tests("Numerics", "Autodiff", ["Tensors", "RandomStreams"]),
  tests("Numerics", "Checkpoints", ["RandomStreams"]),
  tests(
    "Numerics", "Networks", ["Autodiff", "Tensors", "RandomStreams", "TinyModels", "Checkpoints"]),
  tests("Data", "Sessions", ["TestSupport", "JSON", "Statistics", "ConfigurationFields"]),
  tests("Data", "EventIngest", ["TestSupport", "Sessions", "JSON"]),
  tests(
    "Data", "Worlds",
    ["WorldTruth", "Objectives", "Sessions", "EventIngest", "JSON", "RandomStreams"]),
  tests("Data", "CandidateSelection", ["Sessions", "ConfigurationFields", "RandomStreams"]),
  tests("Data", "DataSources", ["CandidateSelection", "Sessions", "Worlds"]),
  tests("Data", "Calibration", ["Sessions", "JSON", "RandomStreams", "ConfigurationFields"]),
  tests(
    "Data", "Features", ["Calibration", "Sessions", "JSON", "RandomStreams", "ConfigurationFields"]),
  tests("Ranking", "Objectives", ["Sessions", "RandomStreams"]),
  tests("Ranking", "ListRules", ["Sessions", "RandomStreams", "ConfigurationFields"]),
  tests("Ranking", "ListPolicy", ["ConfigurationFields", "ListRules", "Sessions"]),
  tests("Ranking", "ListSearch", ["RandomStreams"]),
  tests("Ranking", "FeedPlanning", ["RandomStreams"]),
  tests(
    "Ranking", "BoostedModel",
    ["EvaluatorModel", "Features", "Sessions", "Worlds", "Tensors", "RandomStreams"]),
  tests("Ranking", "ItemLabels", ["Features", "Objectives", "Sessions"]),
  tests(
    "Ranking", "BehaviourModel",
    [
      "FeatureInputs", "Features", "Sessions", "Networks", "Autodiff", "Tensors", "RandomStreams",
      "TinyModels",
    ]),
  tests(
    "Ranking", "EvaluatorModel",
    ["Features", "Networks", "Checkpoints", "Autodiff", "Tensors", "RandomStreams", "TinyModels"]),
  tests(
    "Ranking", "GeneratorModel",
    [
      "EvaluatorModel",
      "ListPolicy", "Features", "Objectives", "ListRules", "Networks", "Checkpoints", "Autodiff",
      "Tensors",
      "RandomStreams", "TinyModels",
    ]),
  tests(
    "Ranking", "ScreenModel",
    [
      "EvaluatorModel", "ListPolicy", "ListSearch", "Features", "Objectives", "Sessions",
      "Networks",
      "Autodiff", "Tensors", "RandomStreams", "TinyModels",
    ]),
  tests(
    "Ranking", "MixedFeed",
    [
      "EvaluatorModel", "ListPolicy", "ListRules", "Features", "Objectives", "Sessions", "Networks",
      "Tensors", "RandomStreams", "TinyModels",
    ]),
  tests(
    "Ranking", "Families",
    ["GeneratorModel", "PointwiseModel", "ListPolicy"]),
  tests(
    "Learning", "Training",
    [
      "ConfigurationFields", "TestSupport", "EvaluatorModel", "GeneratorModel", "DataSources",
      "Worlds", "WorldTruth", "Objectives", "Families", "ListPolicy",
      "Features", "Sessions", "JSON", "Statistics", "Networks", "Checkpoints", "Autodiff",
      "Tensors", "RandomStreams", "StrictYAML", "TinyModels",
    ]),
  tests(
    "Judgement", "EvaluationReport", ["OfflineEvaluation", "Statistics", "JSON", "RandomStreams"]),
  tests(
    "Judgement", "OfflineEvaluation",
    [
      "EvaluationReport", "EvaluatorModel", "WorldTruth", "ItemLabels", "Objectives", "ListSearch",
      "Features", "Statistics", "Sessions", "Worlds", "Tensors", "RandomStreams", "TinyModels",
    ]),
  tests(
    "Judgement", "Baselines",
    [
      "OfflineEvaluation", "Training", "EvaluatorModel", "GeneratorModel", "PointwiseModel",
      "ListPolicy",
      "Objectives", "Features", "Sessions", "Networks", "Autodiff", "Tensors", "RandomStreams",
      "TinyModels",
    ]),
  tests("Judgement", "Comparison", ["Statistics"]),
  tests("Ranking", "FaderRanking", ["Sessions"]),
  tests(
    "Ranking", "ModelExport",
    [
      "FaderRanking", "Families", "ScreenModel", "EvaluatorModel", "ListPolicy", "Objectives",
      "Features",
      "Networks", "Tensors", "Checkpoints", "Sessions", "JSON", "RandomStreams", "TinyModels",
    ]),
  tests(
    "Learning", "Adaptation",
    [
      "ScreenModel", "EvaluatorModel", "Features", "Networks", "Autodiff", "Tensors",
      "RandomStreams",
      "TinyModels",
    ]),
  tests("Judgement", "Benchmarking"),
  tests("Service", "Steering", ["Sessions", "JSON", "StrictYAML", "ConfigurationFields"]),
  tests("Service", "EventLogs", ["Sessions", "JSON", "ConfigurationFields"]),
  tests("Service", "SessionState", ["EventIngest", "Sessions", "TestSupport"]),
  tests(
    "Service", "Serving",
    [
      "CandidateSelection", "ConfigurationFields", "TestSupport", "EvaluatorModel", "EventLogs",
      "EventIngest",
      "Calibration", "ListRules", "Steering", "Objectives", "ListPolicy", "OfflineEvaluation",
      "Statistics",
      "Tensors", "Features", "Networks", "Checkpoints", "Sessions", "JSON", "StrictYAML",
      "RandomStreams",
      logging,
    ]),
  tests("Commands", "fader"),
]

let package = Package(
  name: "fader",
  products: [
    .library(name: "FaderRanking", targets: ["FaderRanking"]),
    .library(name: "FaderTraining", targets: ["Training"]),
    .executable(name: "fader", targets: ["fader"]),
    .executable(name: "fader-bench", targets: ["fader-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: systemLibraries + foundations + numerics + data + ranking + learning + adaptation
    + judgement
    + service
    + commands + testSupport + allTests
)
