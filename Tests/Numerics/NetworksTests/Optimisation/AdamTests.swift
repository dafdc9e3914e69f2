import Checkpoints
import Foundation
import Networks
import Tensors
import Testing
import TinyModels

@Suite struct AdamTests {
  @Test func onlyUsedRowsOfATableMove() {
    var model = TableModel()
    var adam = Adam(Adam.Configuration(), parameters: model.parameters)
    adam.update(&model.parameters, model.gradients([0, 1, 2, 3, 4]), rate: 0.1)
    let (parameters, means, squares) = (model.parameters, adam.means, adam.squares)
    adam.update(&model.parameters, model.gradients([3, 1, 3]), rate: 0.1)
    let table = model.table.table
    for row in 0..<5 {
      let used = row == 1 || row == 3
      #expect((model.parameters[table].row(row) != parameters[table].row(row)) == used)
      #expect((adam.means[table.position].row(row) != means[table.position].row(row)) == used)
      #expect((adam.squares[table.position].row(row) != squares[table.position].row(row)) == used)
    }
  }

  /// With every row used at every step, a table moves as a dense parameter does.
  @Test func allRowsUsedIsTheSameAsDense() {
    var model = TableModel()
    let (table, all) = (model.table.table, [4, 2, 0, 1, 3, 2] as [Int32])
    var adam = Adam(unclipped, parameters: model.parameters)
    var dense = model.parameters[table].scalars.map(Double.init)
    var (m, v) = ([Double](repeating: 0, count: 10), [Double](repeating: 0, count: 10))
    for step in 1...7 {
      let gradients = model.gradients(all, factor: Float(step) - 3.5)
      let g = gradients.whole(like: model.parameters)[table.position].scalars.map(Double.init)
      adam.update(&model.parameters, gradients, rate: 0.05)
      for i in g.indices {
        m[i] = 0.9 * m[i] + 0.1 * g[i]
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i]
        let (mean, square) = (
          m[i] / (1 - pow(0.9, Double(step))), v[i] / (1 - pow(0.999, Double(step)))
        )
        dense[i] -= 0.05 * mean / (square.squareRoot() + 1e-8)
      }
      #expect(distance(model.parameters[table].scalars, dense.map { Float($0) }) < 1e-5)
    }
  }

  @Test func theGradientIsClippedToItsGlobalNorm() {
    let start = TableModel()
    let gradients = start.gradients([0, 1, 2], factor: 50)
    let whole = gradients.whole(like: start.parameters)
    let norm = whole.flatMap(\.scalars).reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    var model = start
    var adam = Adam(Adam.Configuration(), parameters: model.parameters)
    let reported = adam.update(&model.parameters, gradients, rate: 0.1)
    #expect(abs(reported - norm) < 1e-5 * norm && norm > 1)
    // After one step the means are 0.1 of the clipped gradient.
    let clipped = adam.means.flatMap(\.scalars)
      .reduce(0.0) { $0 + 100 * Double($1) * Double($1) }.squareRoot()
    #expect(abs(clipped - 1) < 1e-5)
  }

  @Test func aSmallGradientAndASwitchedOffClipLeaveTheGradientAlone() {
    let start = TableModel()
    let small = start.gradients([0], factor: 1e-3)
    let large = start.gradients([0], factor: 50)
    for (configuration, gradients) in [(Adam.Configuration(), small), (unclipped, large)] {
      var parameters = start.parameters
      var adam = Adam(configuration, parameters: parameters)
      adam.update(&parameters, gradients, rate: 0.1)
      for (mean, gradient) in zip(adam.means, gradients.whole(like: parameters)) {
        #expect(distance(mean.scalars.map { $0 * 10 }, gradient.scalars) < 1e-4)
      }
    }
  }

  @Test func decayPullsWeightsButNoTables() {
    var model = TableModel()
    let before = model.parameters
    var configuration = Adam.Configuration()
    configuration.decay = 0.5
    var adam = Adam(configuration, parameters: model.parameters)
    adam.update(&model.parameters, model.gradients([0, 1], factor: 0), rate: 0.1)
    let weight = model.layer.weight
    #expect(
      distance(model.parameters[weight].scalars, before[weight].scalars.map { $0 * 0.95 }) < 1e-6)
    #expect(model.parameters[model.table.table] == before[model.table.table])
  }

  /// Save, load, and one more step is the step that would have followed.
  @Test func afterARoundTripTheNextStepIsTheSame() throws {
    var model = TableModel()
    var adam = Adam(Adam.Configuration(), parameters: model.parameters)
    for step in 0..<3 {
      adam.update(&model.parameters, model.gradients([0, 3, 3], factor: Float(step)), rate: 0.1)
    }
    let files = [
      model.parameters.stored(prefix: "m."), adam.stored(model.parameters, prefix: "m."),
    ]
    .map { Safetensors.encode($0, metadata: [:]) }
    let read = try files.map { bytes in
      let tensors = try Safetensors.decode(bytes, file: "test").tensors
      return Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    }

    var other = TableModel(seed: 2)
    #expect(other.parameters.values != model.parameters.values)
    try other.parameters.load(read[0], prefix: "m.")
    var resumed = Adam(Adam.Configuration(), parameters: other.parameters)
    try resumed.load(read[1], other.parameters, prefix: "m.", step: adam.step)
    adam.update(&model.parameters, model.gradients([0, 1, 2], factor: 3), rate: 0.1)
    resumed.update(&other.parameters, other.gradients([0, 1, 2], factor: 3), rate: 0.1)
    #expect(other.parameters.values == model.parameters.values)
    #expect(resumed.means == adam.means && resumed.squares == adam.squares)
    #expect(resumed.step == adam.step)
  }

  /// Control of the test above: without the moments the next step is another one.
  @Test func withoutItsMomentsTheNextStepDiffers() {
    var model = TableModel()
    var adam = Adam(Adam.Configuration(), parameters: model.parameters)
    adam.update(&model.parameters, model.gradients([0, 3]), rate: 0.1)
    var other = model
    var fresh = Adam(Adam.Configuration(), parameters: other.parameters)
    adam.update(&model.parameters, model.gradients([0], factor: -2), rate: 0.1)
    fresh.update(&other.parameters, other.gradients([0], factor: -2), rate: 0.1)
    #expect(other.parameters.values != model.parameters.values)
  }

  @Test func aFileOfAnotherShapeIsRefused() throws {
    var model = TableModel()
    var tensors = model.parameters.stored(prefix: "m.").reduce(into: [:]) { $0[$1.name] = $1 }
    tensors["m.layer.bias"] = StoredTensor(name: "m.layer.bias", shape: [1, 2], scalars: [0, 0])
    let shape = try #require(throws: ParameterError.self) {
      try model.parameters.load(tensors, prefix: "m.")
    }
    #expect(shape.parameter == "m.layer.bias" && "\(shape)".contains("expected shape [1, 3]"))
    tensors["m.layer.bias"] = nil
    let absent = try #require(throws: ParameterError.self) {
      try model.parameters.load(tensors, prefix: "m.")
    }
    #expect("\(absent)".contains("got none"))
  }

  @Test(arguments: [Float.nan, .infinity])
  func aFileWithAnotherNumberThanAFiniteOneIsRefused(odd: Float) throws {
    var model = TableModel()
    var tensors = model.parameters.stored(prefix: "m.").reduce(into: [:]) { $0[$1.name] = $1 }
    tensors["m.layer.bias"]?.scalars[1] = odd
    let error = try #require(throws: ParameterError.self) {
      try model.parameters.load(tensors, prefix: "m.")
    }
    #expect("\(error)".contains("m.layer.bias: expected finite numbers"))
  }

  private var unclipped: Adam.Configuration {
    var configuration = Adam.Configuration()
    configuration.clip = 0
    return configuration
  }
}
