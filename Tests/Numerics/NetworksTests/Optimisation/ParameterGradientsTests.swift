import Autodiff
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

@Suite struct ParameterGradientsTests {
  @Test func rowsUsedTwiceAreMergedInAscendingOrder() throws {
    let model = TableModel()
    let position = model.table.table.position
    let rows = try #require(model.gradients([4, 1, 4, 0]).sparse[position])
    #expect(rows.indices == [0, 1, 4])
    #expect(rows.rows.rows == 3)
    #expect(model.gradients([4]).dense[position] == nil)
  }

  /// A batch in parts gives the gradient of the batch.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func theSumOverShardsIsTheGradientOfTheWhole(seed: UInt64) {
    var stream = RandomStream(seed: seed, "shards")
    let model = TableModel(seed: seed)
    let parts = (0..<4).map { _ in (0..<4).map { _ in Int32(stream.below(5)) } }
    let sum = ParameterGradients.sum(parts.map { model.gradients($0) }, workers: Workers(1))
    // Weights of outputs repeat every 4 numbers, so a part of 4 rows always gets the same ones.
    let whole = model.gradients(parts.flatMap(\.self))
    for (a, b) in zip(sum.whole(like: model.parameters), whole.whole(like: model.parameters)) {
      #expect(distance(a.scalars, b.scalars) < 1e-4)
    }
    #expect(abs(sum.norm - whole.norm) < 1e-4 * whole.norm)
    #expect(sum.sparse.values.allSatisfy { $0.indices == Set($0.indices).sorted() })
  }

  @Test func theSumHasTheSameBitsWithAnyNumberOfWorkers() {
    let model = TableModel()
    let shards = [[0, 1], [1, 1, 4], [2], [4, 0]].enumerated().map {
      model.gradients($1, factor: 1 / Float($0 + 3))
    }
    let one = ParameterGradients.sum(shards, workers: Workers(1))
    for count in [2, 4] {
      let many = ParameterGradients.sum(shards, workers: Workers(count))
      #expect(many.dense == one.dense)
      #expect(many.sparse == one.sparse)
      #expect(many.norm == one.norm)
    }
  }

  @Test func aParameterThatOnlySomeShardsUseKeepsItsGradient() throws {
    let model = TableModel()
    let position = model.table.table.position
    let sum = ParameterGradients.sum(
      [model.gradients([2]), model.gradients([2, 3])], workers: Workers(2))
    let rows = try #require(sum.sparse[position])
    #expect(rows.indices == [2, 3])
    let (first, second) = (model.gradients([2]), model.gradients([2, 3]))
    let expected = zip(
      first.whole(like: model.parameters)[position].scalars,
      second.whole(like: model.parameters)[position].scalars
    ).map { $0 + $1 }
    #expect(distance(sum.whole(like: model.parameters)[position].scalars, expected) < 1e-6)
  }
}
