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

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: ["README.md"],
    swiftSettings: name == "Tensors" ? kernels : safe)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + [.byName(name: name)], swiftSettings: safe)
}

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
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    module("RandomStreams"),
    module("StrictYAML", [yams]),
    module("Tensors", ["COpenBLAS"]),
    module("Autodiff", ["Tensors"]),
    module("Networks", ["Autodiff", "Tensors", "RandomStreams", crypto]),
    module("Measures"),
    module("Benchmarking"),
    module("ListSearch", ["RandomStreams"]),
    module("Sessions", ["CZlib"]),
    module("ListRules", ["Sessions"]),
    module("EventLogs", ["Sessions"]),
    module("Features", ["Sessions", "Tensors", "RandomStreams"]),
    module("Objectives", ["Sessions", "RandomStreams"]),
    module(
      "EvaluatorModel", ["Features", "Networks", "Autodiff", "Tensors", "RandomStreams"]),
    module(
      "GeneratorModel",
      [
        "Features", "Objectives", "ListRules", "Networks", "Autodiff", "Tensors", "RandomStreams",
      ]),
    module("Steering", ["Sessions"]),
    .target(
      name: "ServiceAssets", exclude: ["README.md"],
      resources: [
        .embedInCode("Files/console.html"), .embedInCode("Files/console.css"),
        .embedInCode("Files/console.js"), .embedInCode("Files/openapi.json"),
      ],
      swiftSettings: safe),
    module("Worlds", ["Sessions", "Objectives", "RandomStreams"]),
    module(
      "Training",
      [
        "EvaluatorModel", "GeneratorModel", "Worlds", "Objectives", "Features", "Sessions",
        "Measures", "Networks", "Autodiff", "Tensors", "RandomStreams", "StrictYAML",
      ]),
    module(
      "OfflineEvaluation",
      [
        "EvaluatorModel", "GeneratorModel", "Objectives", "Measures", "ListSearch", "Worlds",
        "Features", "Networks", "Sessions", "Autodiff", "Tensors", "RandomStreams",
      ]),
    module(
      "Baselines",
      [
        "Training", "OfflineEvaluation", "EvaluatorModel", "GeneratorModel", "ListSearch",
        "Objectives", "Features", "Networks", "Autodiff", "Tensors", "RandomStreams",
      ]),
    module(
      "Comparison",
      [
        "Baselines", "Training", "OfflineEvaluation", "EvaluatorModel", "GeneratorModel",
        "ListSearch", "Objectives", "Measures", "Worlds", "Features", "Networks", "Sessions",
        "StrictYAML", "Tensors", "RandomStreams",
      ]),
    module(
      "Serving",
      [
        "EvaluatorModel", "GeneratorModel", "ListSearch", "ListRules", "Steering", "EventLogs",
        "ServiceAssets", "Objectives", "Features", "Networks", "Sessions", "StrictYAML", "Tensors",
        hummingbird, hummingbirdCore, hummingbirdTLS, lifecycle, logging, nioCore, nioPosix, nioSSL,
      ]),
    .executableTarget(
      name: "fader",
      dependencies: [
        "Training", "OfflineEvaluation", "Comparison", "Serving", "Worlds", "EvaluatorModel",
        "GeneratorModel", "Objectives", "Features", "Networks", "Sessions", "Tensors", "StrictYAML",
        argumentParser,
        logging,
      ],
      exclude: ["README.md"], swiftSettings: safe),
    .executableTarget(
      name: "fader-bench",
      dependencies: [
        "Benchmarking", "Measures", "Training", "EvaluatorModel", "GeneratorModel", "ListSearch",
        "Objectives", "Worlds", "Features", "Networks", "Serving", "Sessions", "Tensors",
        "RandomStreams",
        argumentParser, nioCore, nioPosix,
      ],
      exclude: ["README.md"], swiftSettings: safe),
    .target(
      name: "TinyModels",
      dependencies: [
        "EvaluatorModel", "GeneratorModel", "Objectives", "Features", "Networks", "Autodiff",
        "Tensors", "RandomStreams",
      ],
      path: "Tests/TinyModels", exclude: ["README.md"], swiftSettings: safe),
    .target(
      name: "CAllocationCounting", path: "Tests/CAllocationCounting", exclude: ["README.md"]),
    .testTarget(
      name: "AllocationTests",
      dependencies: [
        "CAllocationCounting", "Training", "Serving", "EvaluatorModel", "GeneratorModel",
        "Objectives", "Features", "Networks", "Tensors", "RandomStreams", "TinyModels",
      ],
      swiftSettings: safe),
    .testTarget(name: "ArchitectureTests", swiftSettings: safe),
    tests("RandomStreams"),
    tests("StrictYAML", ["RandomStreams"]),
    tests("Tensors", ["RandomStreams"]),
    tests("Autodiff", ["Tensors", "RandomStreams"]),
    tests("Networks", ["Autodiff", "Tensors", "RandomStreams", "TinyModels"]),
    tests("Measures", ["RandomStreams"]),
    tests("Benchmarking"),
    tests("ListSearch", ["RandomStreams"]),
    tests("Sessions"),
    tests("ListRules", ["Sessions", "RandomStreams"]),
    tests("EventLogs", ["Sessions"]),
    tests("Features", ["Sessions", "RandomStreams"]),
    tests("Objectives", ["Sessions", "RandomStreams"]),
    tests(
      "EvaluatorModel",
      ["Features", "Networks", "Autodiff", "Tensors", "RandomStreams", "TinyModels"]),
    tests(
      "GeneratorModel",
      [
        "Features", "Objectives", "ListRules", "Networks", "Autodiff", "Tensors", "RandomStreams",
        "TinyModels",
      ]),
    tests("Steering", ["Sessions", "StrictYAML"]),
    tests("Worlds", ["Objectives", "Sessions", "RandomStreams"]),
    tests(
      "Training",
      [
        "EvaluatorModel", "GeneratorModel", "Worlds", "Objectives", "Features", "Sessions",
        "Networks", "Autodiff", "Tensors", "RandomStreams", "StrictYAML", "TinyModels",
      ]),
    tests(
      "OfflineEvaluation",
      [
        "EvaluatorModel", "Objectives", "Features", "Measures", "Sessions", "Worlds", "Tensors",
        "RandomStreams", "TinyModels",
      ]),
    tests(
      "Baselines",
      [
        "OfflineEvaluation", "EvaluatorModel", "GeneratorModel", "Objectives", "Features",
        "Sessions", "Networks", "Autodiff", "Tensors", "RandomStreams", "TinyModels",
      ]),
    tests("Comparison"),
    tests(
      "Serving",
      [
        "EvaluatorModel", "EventLogs", "ListRules", "Steering", "Objectives", "Features",
        "Networks", "Sessions", "StrictYAML", "RandomStreams", logging,
      ]),
    tests("fader"),
  ]
)
