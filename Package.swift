// swift-tools-version: 6.2
import PackageDescription

// The kernels are compiled for the processor of the machine that builds; a container image that
// must run elsewhere names its processor in FADER_MARCH (x86-64-v3, x86-64-v4, ...).
let march = Context.environment["FADER_MARCH"] ?? "native"
let strict = Context.environment["FADER_WARNINGS_AS_ERRORS"] == "1"

let warnings: [SwiftSetting] = strict ? [.treatAllWarnings(as: .error)] : []
let safe: [SwiftSetting] =
  warnings + [
    .strictMemorySafety(), .treatWarning("StrictMemorySafety", as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  ]
let kernels: [SwiftSetting] =
  warnings + [.unsafeFlags(["-Xcc", "-march=\(march)", "-Xcc", "-DFADER_MARCH=\"\(march)\""])]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

/// A library target in its layer's folder.
func module(_ layer: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)",
    exclude: ["README.md"], swiftSettings: name == "Tensors" ? kernels : safe)
}

/// The tests of a target, in a folder that mirrors the target's.
func tests(_ layer: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + [.byName(name: name)],
    path: "Tests/\(layer)/\(name)Tests", swiftSettings: safe)
}

let systemLibraries: [Target] = [
  .systemLibrary(
    name: "COpenBLAS", path: "Sources/Numerics/COpenBLAS", pkgConfig: "openblas",
    providers: [.apt(["libopenblas-dev"])]),
  .systemLibrary(
    name: "CZlib", path: "Sources/Data/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
]

let foundations: [Target] = [
  module("Foundations", "RandomStreams"),
  module("Foundations", "JSON"),
  module("Foundations", "Statistics"),
  module("Foundations", "StrictYAML", ["Statistics", yams]),
]

let numerics: [Target] = [
  module("Numerics", "Tensors", ["COpenBLAS"]),
  module("Numerics", "Autodiff", ["Tensors"]),
  module("Numerics", "Checkpoints", ["JSON", crypto]),
  module("Numerics", "Networks", ["Checkpoints", "Autodiff", "Tensors", "RandomStreams"]),
]

let data: [Target] = [
  module("Data", "Sessions", ["CZlib", "JSON", "Statistics"]),
  module("Data", "EventIngest", ["Sessions", "JSON", "Statistics"]),
  module("Data", "Worlds", ["Sessions", "JSON", "RandomStreams"]),
  module("Data", "DataSources", ["Sessions", "Worlds"]),
  module("Data", "Features", ["Sessions", "Tensors", "JSON", "Statistics", "RandomStreams"]),
]

let ranking: [Target] = [
  module("Ranking", "Objectives", ["Sessions", "JSON", "Statistics", "RandomStreams"]),
  module("Ranking", "ListRules", ["Sessions", "JSON"]),
  module("Ranking", "ListSearch", ["RandomStreams"]),
  module(
    "Ranking", "EvaluatorModel",
    ["Features", "Networks", "Checkpoints", "Autodiff", "Tensors", "RandomStreams"]),
  module(
    "Ranking", "ListPolicy",
    ["Features", "Objectives", "ListRules", "Networks", "Checkpoints", "Tensors"]),
  module(
    "Ranking", "GeneratorModel",
    [
      "ListPolicy", "Features", "Objectives", "Networks", "Checkpoints", "Autodiff", "Tensors",
      "RandomStreams",
    ]),
  module(
    "Ranking", "PointwiseModel",
    [
      "ListPolicy", "EvaluatorModel", "Features", "Objectives", "Networks", "Checkpoints",
      "Autodiff", "Tensors", "RandomStreams",
    ]),
  module(
    "Ranking", "Families",
    ["GeneratorModel", "PointwiseModel", "ListPolicy", "Features", "Objectives", "Checkpoints"]),
]

let learning: [Target] = [
  module(
    "Learning", "Training",
    [
      "Families", "ListPolicy", "EvaluatorModel", "GeneratorModel", "PointwiseModel",
      "DataSources", "Objectives", "Features", "Sessions", "JSON", "Statistics", "Networks",
      "Checkpoints", "Autodiff", "Tensors", "RandomStreams", "StrictYAML",
    ])
]

let judgement: [Target] = [
  module("Judgement", "WorldTruth", ["Worlds", "Objectives", "Sessions"]),
  module("Judgement", "EvaluationReport", ["Statistics", "JSON"]),
  module(
    "Judgement", "OfflineEvaluation",
    [
      "JSON",
      "EvaluationReport", "WorldTruth", "EvaluatorModel", "Families", "ListPolicy", "Objectives",
      "Statistics", "ListSearch", "Worlds", "Features", "Networks", "Checkpoints", "Sessions",
      "Tensors", "RandomStreams",
    ]),
  module(
    "Judgement", "Baselines",
    [
      "Sessions",
      "Training", "OfflineEvaluation", "EvaluatorModel", "GeneratorModel", "PointwiseModel",
      "ListPolicy", "ListSearch", "Objectives", "Features", "Networks", "Autodiff", "Tensors",
      "RandomStreams",
    ]),
  module(
    "Judgement", "Comparison",
    [
      "Baselines", "Training", "OfflineEvaluation", "EvaluationReport", "EvaluatorModel",
      "GeneratorModel", "PointwiseModel", "Families", "ListPolicy", "ListSearch", "Objectives",
      "Statistics", "DataSources", "Worlds", "Features", "Networks", "Checkpoints", "Sessions",
      "JSON", "StrictYAML", "Tensors", "RandomStreams",
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
  module("Service", "Steering", ["Statistics", "Sessions", "JSON"]),
  module("Service", "EventLogs", ["Sessions", "JSON"]),
  module(
    "Service", "Serving",
    [
      "EvaluatorModel", "Families", "ListPolicy", "ListSearch", "ListRules", "Steering",
      "EventLogs", "ServiceAssets", "Objectives", "Features", "Networks", "Checkpoints", "Sessions",
      "EventIngest", "JSON", "Statistics", "StrictYAML", "Tensors", hummingbird, hummingbirdCore,
      hummingbirdTLS, lifecycle, logging, nioCore, nioPosix, nioSSL,
    ]),
]

let commands: [Target] = [
  .executableTarget(
    name: "fader",
    dependencies: [
      "Training", "OfflineEvaluation", "EvaluationReport", "Comparison", "Serving", "DataSources",
      "EventIngest", "Worlds", "WorldTruth", "EvaluatorModel", "Families", "ListPolicy",
      "Objectives", "Features", "Networks", "Checkpoints", "Sessions", "JSON", "Statistics",
      "Tensors", "StrictYAML", argumentParser, logging,
    ], path: "Sources/Commands/fader",
    exclude: ["README.md"], swiftSettings: safe),
  .executableTarget(
    name: "fader-bench",
    dependencies: [
      "Benchmarking", "Statistics", "Training", "EvaluatorModel", "GeneratorModel", "ListPolicy",
      "ListSearch",
      "Objectives", "Worlds", "WorldTruth", "DataSources", "EventIngest", "Features", "Networks",
      "Checkpoints", "Serving", "Sessions", "JSON", "Tensors", "RandomStreams", argumentParser,
      nioCore, nioPosix,
    ], path: "Sources/Commands/fader-bench",
    exclude: ["README.md"], swiftSettings: safe),
]

let testSupport: [Target] = [
  .target(
    name: "TinyModels",
    dependencies: [
      "EvaluatorModel", "GeneratorModel", "Objectives", "Features", "Networks", "Checkpoints",
      "Autodiff",
      "Tensors", "RandomStreams",
    ],
    path: "Tests/Support/TinyModels", exclude: ["README.md"], swiftSettings: safe),
  .target(
    name: "TestSupport", dependencies: ["Sessions"], path: "Tests/Support/TestSupport",
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
  tests("Foundations", "Statistics", ["RandomStreams"]),
  tests("Foundations", "StrictYAML", ["RandomStreams"]),
  tests("Numerics", "Tensors", ["RandomStreams"]),
  tests("Numerics", "Autodiff", ["Tensors", "RandomStreams"]),
  tests("Numerics", "Checkpoints", ["RandomStreams"]),
  tests(
    "Numerics", "Networks", ["Autodiff", "Tensors", "RandomStreams", "TinyModels", "Checkpoints"]),
  tests("Data", "Sessions", ["TestSupport", "JSON", "Statistics"]),
  tests("Data", "EventIngest", ["TestSupport", "Sessions", "JSON"]),
  tests(
    "Data", "Worlds",
    ["WorldTruth", "Objectives", "Sessions", "EventIngest", "JSON", "RandomStreams"]),
  tests("Data", "Features", ["Sessions", "JSON", "RandomStreams"]),
  tests("Ranking", "Objectives", ["Sessions", "RandomStreams"]),
  tests("Ranking", "ListRules", ["Sessions", "RandomStreams"]),
  tests("Ranking", "ListSearch", ["RandomStreams"]),
  tests(
    "Ranking", "EvaluatorModel",
    ["Features", "Networks", "Checkpoints", "Autodiff", "Tensors", "RandomStreams", "TinyModels"]),
  tests(
    "Ranking", "GeneratorModel",
    [
      "ListPolicy", "Features", "Objectives", "ListRules", "Networks", "Checkpoints", "Autodiff",
      "Tensors",
      "RandomStreams", "TinyModels",
    ]),
  tests(
    "Ranking", "Families",
    ["GeneratorModel", "PointwiseModel", "ListPolicy"]),
  tests(
    "Learning", "Training",
    [
      "Families", "ListPolicy", "EvaluatorModel", "GeneratorModel", "DataSources", "Worlds",
      "WorldTruth", "Objectives",
      "Features", "Sessions", "JSON", "Statistics", "Networks", "Checkpoints", "Autodiff",
      "Tensors", "RandomStreams", "StrictYAML", "TinyModels",
    ]),
  tests(
    "Judgement", "EvaluationReport", ["OfflineEvaluation", "Statistics", "JSON", "RandomStreams"]),
  tests(
    "Judgement", "OfflineEvaluation",
    [
      "EvaluationReport", "EvaluatorModel", "WorldTruth", "Objectives", "Features", "Statistics",
      "Sessions", "Worlds", "Tensors", "RandomStreams", "TinyModels",
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
  tests("Judgement", "Benchmarking"),
  tests("Service", "Steering", ["Sessions", "JSON", "StrictYAML"]),
  tests("Service", "EventLogs", ["Sessions", "JSON"]),
  tests(
    "Service", "Serving",
    [
      "EvaluatorModel", "ListPolicy", "EventLogs", "EventIngest", "ListRules", "Steering",
      "Objectives",
      "Features", "Networks", "Checkpoints", "Sessions", "JSON", "StrictYAML", "RandomStreams",
      logging,
    ]),
  tests("Commands", "fader"),
]

let package = Package(
  name: "fader",
  products: [
    .executable(name: "fader", targets: ["fader"]),
    .executable(name: "fader-bench", targets: ["fader-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: systemLibraries + foundations + numerics + data + ranking + learning + judgement
    + service
    + commands + testSupport + allTests
)
