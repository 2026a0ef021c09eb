/// A queue: what was added first is taken first, each in constant time.
struct FirstInFirstOut<Element> {
  private var elements: [Element?] = []
  private var start = 0

  var count: Int { elements.count - start }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard start < elements.count else { return nil }
    let first = elements[start]
    elements[start] = nil
    start += 1
    if start > 32, start * 2 > elements.count {
      elements.removeFirst(start)
      start = 0
    }
    return first
  }

  /// Takes out the first element of which something holds; slow.
  mutating func remove(where isWanted: (Element) -> Bool) -> Element? {
    let index = elements[start...].firstIndex { $0.map(isWanted) ?? false }
    return index.flatMap { elements.remove(at: $0) }
  }

  mutating func removeAll() {
    elements = []
    start = 0
  }
}
