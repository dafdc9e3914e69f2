import ListRules
import RandomStreams

/// A small made-up request with rules, and what they mean told a second time, slowly.
struct RandomInstance {
  var rules: [ListRule] = []
  var columns: [[Float]] = []
  var candidates: Int
  var length: Int
  var pins: [Int: Int] = [:]
  var bans: Set<Int> = []
  var required: [Int] = []

  init(candidates: Int, length: Int) {
    self.candidates = candidates
    self.length = length
  }

  /// - Parameter caps: whether rules of that kind may be among them.
  init(seed: UInt64, candidates: Int, length: Int, caps: Bool = true) {
    var random = RandomStream(seed: seed, "rules")
    self.init(candidates: candidates, length: length)
    for _ in 0..<random.below(4) {
      let rule = Self.rule(caps ? random.below(5) : 0, length: length, &random)
      rules.append(rule)
      let values = rule.group == nil ? 2 : 1 + random.below(candidates)
      columns.append((0..<candidates).map { _ in Float(random.below(values)) })
    }
    var free = random.permutation(candidates)
    for _ in 0..<random.below(3) where free.count > length + 1 { bans.insert(free.removeLast()) }
    for slot in random.permutation(length).prefix(random.below(3)) {
      if let candidate = free.popLast() { pins[slot] = candidate }
    }
    required = Array(free.prefix(random.below(3)))
    if random.below(4) == 0, let pinned = pins.values.first { required.append(pinned) }
  }

  private static func rule(_ kind: Int, length: Int, _ random: inout RandomStream) -> ListRule {
    let window = random.below(3) == 0 ? nil : 1 + random.below(length)
    switch kind {
    case 0: return ListRule(flag: "f", atLeast: 1 + random.below(3))
    case 1: return ListRule(group: "g", maximumShare: random.uniform())
    case 2: return ListRule(flag: "f", maximumShare: random.uniform())
    case 3: return ListRule(flag: "f", atMost: random.below(3), window: window)
    default: return ListRule(group: "g", atMost: 1 + random.below(2), window: window)
    }
  }

  var placement: PlacementRules {
    PlacementRules(
      rules, columns: columns, candidates: candidates, length: length, pins: pins, bans: bans,
      required: required)
  }

  /// Whether a whole list of distinct candidates holds everything.
  func holds(_ list: [Int]) -> Bool {
    list.count == length && Set(list).isDisjoint(with: bans)
      && pins.allSatisfy { list[$0.key] == $0.value } && Set(required).isSubset(of: list)
      && zip(rules, columns).allSatisfy { holds($0, $1, list) }
  }

  private func holds(_ rule: ListRule, _ column: [Float], _ list: [Int]) -> Bool {
    let values = list.map { column[$0] }
    if let least = rule.atLeast {
      let had = (0..<candidates).filter { column[$0] > 0 && !bans.contains($0) }.count
      let pinned = pins.values.filter { column[$0] > 0 }.count
      return values.filter { $0 > 0 }.count >= min(least, had, pinned + length - pins.count)
    }
    let window = min(rule.window ?? length, length)
    var most = rule.atMost ?? 0
    if let share = rule.maximumShare {
      while Double(most + 1) <= share * Double(length) + 1e-9 { most += 1 }
      if rule.group != nil { most = max(most, 1) }
    }
    return (0...(length - window)).allSatisfy { start in
      let part = values[start..<start + window]
      return Set(part).allSatisfy { value in
        (rule.group == nil && value == 0) || part.filter { $0 == value }.count <= most
      }
    }
  }

  /// All lists of distinct candidates that hold everything, in lexicographic order.
  func everyGoodList() -> [[Int]] {
    var found: [[Int]] = []
    func extend(_ list: [Int]) {
      if list.count == length {
        if holds(list) { found.append(list) }
        return
      }
      for candidate in 0..<candidates where !list.contains(candidate) {
        extend(list + [candidate])
      }
    }
    extend([])
    return found
  }

  /// What a decoder masks by itself before the next slot; nil where that slot is pinned.
  func mask(after list: [Int]) -> [Bool]? {
    guard pins[list.count] == nil else { return nil }
    return (0..<candidates).map {
      list.contains($0) || bans.contains($0) || pins.values.contains($0)
    }
  }
}
