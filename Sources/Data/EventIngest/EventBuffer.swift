/// An event with its place in the log and in time.
struct PlacedEvent<Features: JoinedFeatures>: Sendable {
  var event: JoinEvent<Features>
  var time: Double
  /// Order of arrival, the tie-break of equal times.
  var sequence: Int
  var location: EventLocation
}

/// Events waiting for their turn: a binary heap, the earliest on top.
///
/// The heap is of places, so that events, which are large, stay where they are.
struct EventBuffer<Features: JoinedFeatures>: Sendable {
  private struct Turn: Sendable {
    var time: Double
    var sequence: Int
    /// In `events`.
    var place: Int

    func isBefore(_ other: Turn) -> Bool {
      (time, sequence) < (other.time, other.sequence)
    }
  }

  private var heap: [Turn] = []
  private var events: [PlacedEvent<Features>?] = []
  /// Places of `events` that are free.
  private var free: [Int] = []

  /// Seconds of the earliest event.
  var firstTime: Double? { heap.first?.time }

  mutating func insert(_ event: PlacedEvent<Features>) {
    let place = free.popLast() ?? events.count
    if place == events.count { events.append(event) } else { events[place] = event }
    heap.append(Turn(time: event.time, sequence: event.sequence, place: place))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].isBefore(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popFirst() -> PlacedEvent<Features>? {
    guard let place = popFirstTurn()?.place else { return nil }
    free.append(place)
    return events[place].take()
  }

  private mutating func popFirstTurn() -> Turn? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return last }
    heap[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return first }
      let right = left + 1
      let child = right < heap.count && heap[right].isBefore(heap[left]) ? right : left
      guard heap[child].isBefore(heap[parent]) else { return first }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}

/// First in, first out; both ends in constant time, amortised.
struct Queue<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var head = 0

  var first: Element? { head < elements.count ? elements[head] : nil }

  mutating func append(_ element: Element) {
    elements.append(element)
  }

  mutating func removeFirst() {
    head += 1
    if head > 64, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
  }
}
