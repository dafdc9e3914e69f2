extension WordWriter {
  mutating func add(_ session: EncodedSession) {
    add(session.time)
    add(session.userKey)
    add(session.shown)
    add(session.feedback)
    add(session.request.item)
    add(session.request.user)
    add(session.request.context)
    add(session.request.columns)
    add(count: session.request.history.count)
    for history in session.request.history {
      add(history.item)
      add(history.action)
      add(history.ages)
    }
  }

  private mutating func add(_ arrays: [[Float]]) {
    add(count: arrays.count)
    for array in arrays { add(array) }
  }

  private mutating func add(_ side: EncodedSide) {
    add(count: side.rows)
    add(side.numbers)
    add(side.indices)
    add(side.bagOffsets)
    add(side.bagIndices)
  }
}

extension WordReader {
  mutating func session() throws(Exhausted) -> EncodedSession {
    let time = try double()
    let userKey = try unsigned()
    let shown = try integers()
    let feedback = try arrays()
    let item = try side()
    let user = try side()
    let context = try side()
    let columns = try arrays()
    var history: [EncodedHistory] = []
    for _ in 0..<(try count()) {
      history.append(
        EncodedHistory(item: try side(), action: try side(), ages: try floats()))
    }
    return EncodedSession(
      request: EncodedRequest(
        item: item, user: user, context: context, columns: columns, history: history),
      shown: shown, feedback: feedback, userKey: userKey, time: time)
  }

  private mutating func arrays() throws(Exhausted) -> [[Float]] {
    var arrays: [[Float]] = []
    for _ in 0..<(try count()) { arrays.append(try floats()) }
    return arrays
  }

  private mutating func side() throws(Exhausted) -> EncodedSide {
    let rows = try count()
    let numbers = try floats()
    let indices = try integers()
    let bagOffsets = try integers()
    let bagIndices = try integers()
    return EncodedSide(
      rows: rows, numbers: numbers, indices: indices, bagOffsets: bagOffsets,
      bagIndices: bagIndices)
  }
}
