package import Sessions

extension Session {
  /// The session with the candidates that a selector keeps.
  ///
  /// Shown items are always among them, so that every label keeps its item: where the log showed what the
  /// selector would have cut, the session has it all the same.
  package func selected(by selector: CandidateSelector) -> Session {
    let kept = selector.selection(
      of: request.candidates, compulsory: shown, length: shown.count
    ).kept
    guard kept.count < request.candidates.count else { return self }
    var places = [Int?](repeating: nil, count: request.candidates.count)
    for (place, candidate) in kept.enumerated() { places[candidate] = place }
    var session = self
    session.request.candidates = kept.map { request.candidates[$0] }
    session.shown = shown.compactMap { places[$0] }
    return session
  }
}
