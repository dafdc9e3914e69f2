// swift-tools-version: 6.2
import PackageDescription

// A program outside of the package, as a stranger would write it; phone.sh runs it.
let package = Package(
  name: "phone",
  dependencies: [.package(name: "fader", path: "../../..")],
  targets: [
    .executableTarget(
      name: "phone", dependencies: [.product(name: "FaderRanking", package: "fader")])
  ])
