import Foundation
import Testing
import Training

@Suite struct RunDirectoryTests {
  @Test func makesItsFoldersAndWritesWhatItIsGiven() throws {
    try withTemporaryRun("directory") { path in
      let run = try RunDirectory(path: path)
      #expect(!run.isUsed)
      try run.write(config: "version: 1\n")
      #expect(run.isUsed)
      #expect(content(run.configFile) == "version: 1\n")
      for folder in ["checkpoints", "report"] {
        #expect(FileManager.default.fileExists(atPath: "\(path)/\(folder)"))
      }
      // A second opening, as for a resumption, finds it as it was.
      #expect(try RunDirectory(path: path).isUsed)
    }
  }

  @Test func theEnvironmentIsWrittenWithSortedKeys() throws {
    try withTemporaryRun("environment") { path in
      let run = try RunDirectory(path: path)
      let environment = RunEnvironment.current(
        swiftVersion: "6.3", packageVersion: "1/2", workers: 2)
      try run.write(environment)
      let text = content(run.environmentFile)
      let read = try JSONDecoder().decode(RunEnvironment.self, from: Data(text.utf8))
      #expect(read == environment)
      let keys = ["cores", "cpu", "os", "package_version", "swift_version", "workers"]
      let places = keys.map { text.range(of: "\"\($0)\"")?.lowerBound }
      #expect(!places.contains(nil))
      #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
      #expect(environment.cores >= 1 && !environment.os.isEmpty && !environment.cpu.isEmpty)
    }
  }

  @Test func theProcessorIsNamedFromTheKernelsText() {
    let text = "processor\t: 0\nmodel\t\t: 1\nmodel name\t: Some: CPU @ 2 GHz\n"
    #expect(RunEnvironment.cpuModel(inCpuInfo: text) == "Some: CPU @ 2 GHz")
    #expect(RunEnvironment.cpuModel(inCpuInfo: "") == nil)
  }

  @Test func aPlaceThatCannotBeMadeIsAnError() throws {
    try withTemporaryRun("blocked") { path in
      try Data().write(to: URL(fileURLWithPath: path))
      let error = try #require(throws: RunError.self) { try RunDirectory(path: path) }
      #expect("\(error)".hasPrefix("\(path)/checkpoints: expected a directory"))
    }
  }
}
