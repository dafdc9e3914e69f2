import Benchmarking
import Testing

@Suite struct StepOperationsTests {
  let operations = StepOperations(ReferenceShape())

  /// By hand, from the shapes of the reference.
  @Test func theReferenceNeedsWhatAHandCountGives() {
    #expect(ReferenceShape().generated == 13632)
    #expect(ReferenceShape().channels == 740)
    #expect(operations.theta == 872_704)
    #expect(operations.encoding == 3_084_288)
    #expect(operations.decoding == 974_720)
    #expect(operations.evaluatorRequest == 37_888)
    #expect(operations.evaluatorList == 1_604_480)
  }

  @Test func stepsAreSumsOfTheirParts() {
    let o = operations
    let generator = 3 * (o.theta + o.encoding + 8 * o.decoding)
    let scoring = o.evaluatorRequest + 9 * o.evaluatorList
    #expect(o.generatorStep(batch: 64) == Double(128 * (generator + scoring)))
    #expect(o.evaluatorStep(batch: 64) == Double(384 * (o.evaluatorRequest + o.evaluatorList)))
    let served = o.request(withTheta: true) - o.request(withTheta: false)
    #expect(served == Double(2 * o.theta))
  }

  @Test func anExhaustedRequestHasNoFreeCandidates() {
    var shape = ReferenceShape()
    shape.candidates = 3
    shape.length = 3
    var longer = shape
    longer.length = 4
    let perStep = 3 * 64 * (128 + 64) + 64 * 128
    let difference = StepOperations(longer).decoding - StepOperations(shape).decoding
    #expect(difference == perStep)
  }
}
