import Checkpoints
import Foundation
import GeneratorModel
import ListPolicy
import Networks
import Objectives
import Testing
import TinyModels

@Suite struct GeneratorCheckpointTests {
  @Test func whatIsReadWritesTheSameLists() throws {
    try withTemporaryPath("generator") { path in
      let generator = tinyGenerator(seed: 3)
      var writer = CheckpointWriter()
      try writer.setSection(Generator.family, generator.configuration)
      writer.add(tensors: generator.stored)
      try writer.write(to: path)
      let read = try Generator(
        try CheckpointReader(path: path), layout: generator.layout, objectives: tinyObjectives)
      #expect(read.parameters.values == generator.parameters.values)
      let requests = tinyRequests(seed: 1, candidates: [5, 6])
      let weights = tinyWeights(seed: 1, count: 2)
      #expect(
        read.lists(requests, weights: weights, lengths: [4, 4])
          == generator.lists(requests, weights: weights, lengths: [4, 4]))
    }
  }

  /// One rule more means another width of the local context.
  @Test func otherObjectivesAreRefused() throws {
    try withTemporaryPath("objectives") { path in
      let generator = tinyGenerator()
      var writer = CheckpointWriter()
      try writer.setSection(Generator.family, generator.configuration)
      writer.add(tensors: generator.stored)
      try writer.write(to: path)
      let fewer = ObjectiveSet(objectives: Array(tinyObjectives.objectives.dropLast()))
      let reader = try CheckpointReader(path: path)
      #expect(throws: ParameterError.self) {
        try Generator(reader, layout: generator.layout, objectives: fewer)
      }
    }
  }

  @Test func aConfigurationReportsAllOfItsFaults() throws {
    let text = #"{"attention": 20, "state": 0}"#
    let read = try JSONDecoder().decode(GeneratorConfiguration.self, from: Data(text.utf8))
    #expect(read.itemWidth == GeneratorConfiguration().itemWidth)
    let faults = read.validate()
    #expect(faults.count == 2)
    #expect(faults.contains { $0.hasPrefix("generator.attention: expected a multiple of 16") })
    #expect(faults.contains { $0.hasPrefix("generator.state: expected a whole number") })
  }
}
