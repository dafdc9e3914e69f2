import Features
import Sessions
import Testing

@Suite struct RequestBatchTests {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func stackingKeepsEveryRequestAsItWas(seed: UInt64) throws {
    let schema = try fitted(mixedConfiguration(), mixedSessions(seed: seed, count: 20))
    let layout = schema.layout.item
    let sizes = [3, 0, 1, 12, 5]
    let requests = sizes.enumerated().map { index, size in
      schema.encode(mixedSession(seed: seed, index: 50 + index, candidates: size).request)
    }
    let batch = RequestBatch(requests)
    #expect(batch.requestCount == 5 && batch.offsets == [0, 3, 3, 4, 16, 21])
    #expect((0..<5).map { batch.candidateCount($0) } == sizes)
    #expect(batch.item.rows == 21 && batch.user.rows == 5 && batch.context.rows == 5)
    let stackedBags = bags("tags", batch.item, layout)
    for (b, request) in requests.enumerated() {
      let range = batch.offsets[b]..<batch.offsets[b + 1]
      let width = layout.numbers.count
      #expect(
        Array(batch.item.numbers[range.lowerBound * width..<range.upperBound * width])
          == request.item.numbers)
      #expect(
        Array(rows("brand", batch.item, layout)[range]) == rows("brand", request.item, layout))
      #expect(Array(stackedBags[range]) == bags("tags", request.item, layout))
      #expect(batch.columns[b] == request.columns)
    }
    #expect(batch.item.bagOffsets.count == 21 * layout.bags.count + 1)
    #expect(Int(batch.item.bagOffsets.last ?? -1) == batch.item.bagIndices.count)
  }

  @Test func aSideWithoutBagsHasNoOffsets() throws {
    let schema = try fitted(mixedConfiguration(), mixedSessions(seed: 1, count: 20))
    let request = schema.encode(mixedSession(seed: 1, index: 0).request)
    let batch = RequestBatch([request, request])
    #expect(batch.user.bagOffsets.isEmpty && batch.user.bagIndices.isEmpty)
    #expect(batch.user.numbers == request.user.numbers + request.user.numbers)
  }

  @Test func oneRequestIsItself() throws {
    let schema = try fitted(mixedConfiguration(), mixedSessions(seed: 1, count: 20))
    let request = schema.encode(mixedSession(seed: 1, index: 0).request)
    let batch = RequestBatch([request])
    #expect(batch.item == request.item && batch.user == request.user)
    #expect(batch.context == request.context)
  }

  @Test func noRequestsAreAnEmptyBatch() {
    let batch = RequestBatch([])
    #expect(batch.requestCount == 0 && batch.item.rows == 0 && batch.offsets == [0])
  }
}
