import Autodiff
import Features
import GeneratorModel
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

@Suite struct GeneratorGradientTests {
  @Test func gradientsOfTheWholeModelAreTheCentralDifferences() throws {
    let worst = try check().directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
  }

  @Test func aGradientOffByTwoPercentIsNoticed() throws {
    let worst = try check().directionalErrors(fault: 1.02).worst
    #expect(worst.error > 1.5 * ParameterGradientCheck.directionalTolerance)
  }

  @Test func everyParameterIsUsed() throws {
    #expect(try check().idle() == [])
  }

  @Test func gradientsThroughWhatIsPlacedAreTheCentralDifferences() throws {
    let check = try check(placedAttention: 3)
    let worst = check.directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
    #expect(check.idle() == [])
  }

  /// Log-probabilities and entropies of two lists for each of two requests.
  private func check(placedAttention: Int = 0) throws -> ParameterGradientCheck {
    let generator = untrainedGenerator(seed: 3, placedAttention: placedAttention)
    var parameters = generator.parameters
    if let value = parameters.names.firstIndex(of: "placed.value.weight") {
      var stream = RandomStream(seed: 3, "placed values")
      for i in parameters.values[value].scalars.indices {
        parameters.values[value].scalars[i] = Float(stream.normal())
      }
    }
    parameters.hinge(
      ["mlp1.item.bias", "mlp1.output.bias", "mlp2.bias", "hyper.bias"], scale: 0.7,
      smooth: ["recurrent.", "item.", "user.", "placed."])
    try hingePointer(&parameters)
    var requests = tinyRequests(seed: 4, candidates: [4, 5])
    for b in requests.indices {
      requests[b].columns[0] = requests[b].columns[0].indices.map { Float($0 % 2) }
    }
    let batch = RequestBatch(requests)
    return ParameterGradientCheck(parameters) { tape in
      let theta = generator.finalLayers([[0.7, 0.1, 0.2], [0, 0.4, 0.6]], on: tape)
      return tape.concatenate(
        generator.decode(
          batch, theta: theta, lengths: [3, 2], lists: 2,
          policy: .given([[2, 0, 1], [1, 3, 0], [4, 1], [0, 2]]), on: tape
        ).steps)
    }
  }

  /// Opens half of the pointer's units for cold items and the other half for the others. Were they
  /// the same for all, the state would shift all scores alike, which a softmax does not see.
  private func hingePointer(_ parameters: inout Parameters) throws {
    let theta = try #require(parameters.names.firstIndex(of: "theta"))
    // v [16], b [16], then the row of W_l for the flag itself [16].
    for i in 0..<16 {
      let side: Float = i.isMultiple(of: 2) ? 3 : -3
      parameters.values[theta].scalars[16 + i] = -side
      parameters.values[theta].scalars[32 + i] = 2 * side
    }
  }
}
