import Checkpoints
import EvaluatorModel
import Features
import Networks
import Tensors
import Testing
import TinyModels

@Suite struct EvaluatorCheckpointTests {
  private let ensemble = EvaluatorEnsemble(
    members: [tinyEvaluator(seed: 1), tinyEvaluator(seed: 2)], pessimism: 0.5)

  @Test func whatIsReadPredictsTheSame() throws {
    try withTemporaryPath("evaluators") { path in
      try write(ensemble.stored, to: path)
      let read = try EvaluatorEnsemble(try CheckpointReader(path: path), layout: tinyLayout())
      #expect(read.record == ensemble.record && read.hash == ensemble.hash)
      let batch = RequestBatch(tinyRequests(seed: 1, candidates: [5]))
      let lists = ListBatch([[4, 0, 2]])
      #expect(read.predict(batch, lists) == ensemble.predict(batch, lists))
    }
  }

  /// The files are whole and fit their own hashes; only the recorded evaluator is another one.
  @Test func aChangedParameterIsNoLongerTheFrozenEvaluator() throws {
    try withTemporaryPath("changed") { path in
      var changed = ensemble
      changed.members[1].parameters.values[0].scalars[0] += 1e-6
      try write(changed.stored, to: path)
      let reader = try CheckpointReader(path: path)
      let fault = try #require(throws: EvaluatorHashError.self) {
        try EvaluatorEnsemble(reader, layout: tinyLayout())
      }
      #expect(fault.expected == ensemble.hash && fault.got == changed.hash)
      #expect("\(fault)".hasPrefix("\(path): the frozen evaluator's hash is recorded as"))
    }
  }

  @Test func anotherLayoutIsRefused() throws {
    try withTemporaryPath("layout") { path in
      try write(ensemble.stored, to: path)
      let reader = try CheckpointReader(path: path)
      var layout = tinyLayout()
      layout.item.numbers.append("new")
      #expect(throws: ParameterError.self) { try EvaluatorEnsemble(reader, layout: layout) }
    }
  }

  private func write(_ tensors: [StoredTensor], to path: String) throws {
    var writer = CheckpointWriter()
    try writer.setSection(EvaluatorRole.training.section, ensemble.record)
    writer.add(tensors: tensors)
    try writer.write(to: path)
  }
}
