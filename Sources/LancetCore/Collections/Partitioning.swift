// Binary search in what is sorted by a question.

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies a predicate that is false, then true, along the collection; `endIndex` when
  /// none does.
  @inlinable
  public func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
