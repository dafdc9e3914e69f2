import Autodiff
import Features
import GeneratorModel
import ListPolicy
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

@Suite struct ConditioningTests {
  private func generator(_ change: (inout GeneratorConfiguration) -> Void) -> Generator {
    var configuration = untrainedGenerator().configuration
    change(&configuration)
    var generator = Generator(
      configuration, layout: tinyLayout(), objectives: tinyObjectives,
      stream: RandomStream(seed: 2, "conditioning"))
    if configuration.conditioning == .hypernetwork {
      generator.multiply("hyper.output", by: 50)
    }
    return generator
  }

  private func logProbabilities(_ generator: Generator, _ weights: [Float]) -> [Float] {
    let requests = tinyRequests(seed: 4, candidates: [5])
    return generator.lists(
      RequestBatch(requests), theta: [generator.finalLayers(weights)], lengths: [3],
      policy: .given([[0, 1, 2]])
    )[0].logProbabilities
  }

  @Test(arguments: Conditioning.allCases)
  func weightsMoveThePolicy(conditioning: Conditioning) {
    let generator = generator { $0.conditioning = conditioning }
    #expect(logProbabilities(generator, [1, 0, 0]) != logProbabilities(generator, [0, 1, 0]))
  }

  @Test func withoutGeneratedLayersOnlyTheRestMoves() {
    let all = generator { _ in }
    let start = generator { $0.generated = [.start] }
    let w: [Float] = [1, 0, 0]
    let centre: [Float] = [1.0 / 3, 1.0 / 3, 1.0 / 3]
    func changed(_ generator: Generator) -> Int {
      zip(generator.finalLayers(w).scalars, generator.finalLayers(centre).scalars)
        .count { $0 != $1 }
    }
    // MLP2's last layer is 3 x 3 weights and 3 biases.
    #expect(changed(start) <= 12 && changed(start) > 0)
    #expect(changed(all) > 12)
  }

  @Test func weightsAsInputUseEveryParameterButTheHypernetwork() {
    let generator = generator { $0.conditioning = .input }
    var parameters = generator.parameters
    parameters.hinge(
      ["mlp1.item.bias", "mlp1.output.bias", "mlp2.bias"], scale: 0.7,
      smooth: ["recurrent.", "item.", "user."])
    let batch = RequestBatch(tinyRequests(seed: 4, candidates: [4]))
    let check = ParameterGradientCheck(parameters) { tape in
      let theta = generator.finalLayers([[0.7, 0.1, 0.2]], on: tape)
      return tape.concatenate(
        generator.decode(
          batch, theta: theta, lengths: [2], lists: 1, policy: .given([[1, 0]]), on: tape
        ).steps)
    }
    #expect(check.idle().allSatisfy { $0.hasPrefix("hyper") })
  }
}
