// Every kernel against its naive twin in double precision, and the twins' derivatives against finite differences.

import Testing

@testable import LancetModel

/// The obvious versions, in double precision.
enum Naive {
  static func rmsNorm(_ x: [Double], _ w: [Double], epsilon: Double) -> [Double] {
    let mean = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
    return zip(x, w).map { $0 * $1 / (mean + epsilon).squareRoot() }
  }

  static func silu(_ x: Double) -> Double { x / (1 + exponential(-x)) }

  /// Row-major queries, keys, values of one head; query i sees the keys that `sees` says.
  static func attention(
    _ q: [[Double]], _ k: [[Double]], _ v: [[Double]], scale: Double, sees: (Int, Int) -> Bool
  ) -> [[Double]] {
    q.indices.map { i in
      let weights = k.indices.map { j in
        sees(i, j) ? exponential(zip(q[i], k[j]).reduce(0) { $0 + $1.0 * $1.1 } * scale) : 0
      }
      let total = weights.reduce(0, +)
      return v[0].indices.map { d in
        k.indices.reduce(0) { $0 + weights[$1] * v[$1][d] } / total
      }
    }
  }

  /// eˣ by its series, after halving x until it is small.
  static func exponential(_ x: Double) -> Double {
    if abs(x) > 0.1 {
      let half = exponential(x / 2)
      return half * half
    }
    var term = 1.0
    var sum = 1.0
    for n in 1...12 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }

  /// The derivative of a function of many numbers, by differences of fourth order.
  static func gradient(_ x: [Double], _ f: ([Double]) -> Double) -> [Double] {
    x.indices.map { i in
      func at(_ h: Double) -> Double {
        var moved = x
        moved[i] += h
        return f(moved)
      }
      let h = 1e-3
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
    }
  }
}

/// The weighted sum that turns outputs into one loss.
private func loss(_ values: [Double], _ weights: [Float]) -> Double {
  zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) }
}

private func expectClose(
  _ a: [Float], _ b: [Double], _ tolerance: Double = 2e-5,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(a.count == b.count, sourceLocation: sourceLocation)
  let size = max(1e-3, b.reduce(0) { max($0, abs($1)) })
  for (x, y) in zip(a, b) {
    #expect(abs(Double(x) - y) < tolerance * size, sourceLocation: sourceLocation)
  }
}

@Suite struct KernelsTests {
  @Test func `the exponential is right to two units in the last place and keeps NaN`() {
    for step in stride(from: -87.0, through: 88.0, by: 0.37) {
      let value = exponential(Lanes(repeating: Float(step)))[3]
      #expect(abs(Double(value) / Naive.exponential(Double(Float(step))) - 1) < 2.4e-7)
    }
    #expect(exponential(Lanes(repeating: 0)) == Lanes(repeating: 1))
    #expect(exponential(Lanes(repeating: .nan))[0].isNaN)
    #expect(exponential(Lanes(repeating: -.infinity))[0] < 2e-38)
    #expect(exponential(Lanes(repeating: 500))[0] > 1e38)
  }

  @Test(arguments: [1, 9, 64, 130, 49_152])
  func `many small terms count beside a large one`(_ count: Int) {
    // Each is less than half a unit in the last place of the largest; together they are thousands of units.
    let x = (0..<count).map { $0 == 0 ? Float(20) : 20 - 18.0 - Float($0 % 8) / 8 }
    let exact = x.reduce(0.0) { $0 + Naive.exponential(Double($1) - 20) }
    let sum = exponentialSum(x, minus: 20, count)
    #expect(abs(Double(sum) / exact - 1) < 2e-7)
  }

  @Test(arguments: [1, 7, 8, 24, 61])
  func `RMSNorm and its derivative equal the naive twin`(_ width: Int) {
    let rows = 3
    let x = formula("x", rows * width)
    let w = formula("w", width).map { $0 + 1.5 }
    let dy = formula("dy", rows * width)
    let residual = formula("r", rows * width)
    var y = [Float](repeating: 0, count: rows * width)
    rmsNormForward(
      x, xStride: width, weight: w, epsilon: 1e-2, into: &y, yStride: width, rows: rows,
      width: width)
    var dx = y
    var dw = [Float](repeating: 2, count: width)
    rmsNormBackward(
      dy, dyStride: width, x: x, xStride: width, weight: w, epsilon: 1e-2, residual: residual,
      into: &dx, dxStride: width, weightGradient: &dw, rows: rows, width: width)
    var expected = [Double](repeating: 2, count: width)
    for row in 0..<rows {
      let range = row * width..<(row + 1) * width
      let line = x[range].map(Double.init)
      let weights = w.map(Double.init)
      let given = Array(dy[range])
      expectClose(Array(y[range]), Naive.rmsNorm(line, weights, epsilon: 1e-2))
      let gradient = Naive.gradient(line) {
        loss(Naive.rmsNorm($0, weights, epsilon: 1e-2), given)
      }
      expectClose(Array(dx[range]), zip(gradient, residual[range]).map { $0 + Double($1) })
      let part = Naive.gradient(weights) { loss(Naive.rmsNorm(line, $0, epsilon: 1e-2), given) }
      expected = zip(expected, part).map(+)
    }
    expectClose(dw, expected)
  }

  @Test(arguments: [1, 8, 13])
  func `SwiGLU and its derivative equal the naive twin`(_ width: Int) {
    var gateUp = formula("gu", 2 * 2 * width).map { $0 * 6 }
    let d = formula("d", 2 * width)
    let input = gateUp
    var act = [Float](repeating: 0, count: 2 * width)
    swigluForward(input, into: &act, rows: 2, width: width)
    var again = act
    swigluBackward(&gateUp, dAct: d, act: &again, rows: 2, width: width)
    expectClose(again, act.map(Double.init), 1e-6)
    for row in 0..<2 {
      let line = input[row * 2 * width..<(row + 1) * 2 * width].map(Double.init)
      let given = Array(d[row * width..<(row + 1) * width])
      func twin(_ x: [Double]) -> [Double] {
        (0..<width).map { Naive.silu(x[$0]) * x[width + $0] }
      }
      expectClose(Array(act[row * width..<(row + 1) * width]), twin(line))
      expectClose(
        Array(gateUp[row * 2 * width..<(row + 1) * 2 * width]),
        Naive.gradient(line) { loss(twin($0), given) })
    }
  }

  @Test func `a rotation keeps length, turns by the angle and turns back`() {
    let half = 9
    var table = RopeTable(tinyConfig("llama untied"))
    table.extend(to: 4)
    #expect(table.cosines.count == 4 * 3)
    #expect(table.cosines[0] == 1 && table.sines[0] == 0)
    let angles = formula("angles", half).map { Double($0) * 3 }
    // cos and sin from eˣ's own series would need complex numbers; the identity cos² + sin² = 1 is enough here.
    let sines = angles.map { Float($0 / 4) }
    let cosines = sines.map { (1 - $0 * $0).squareRoot() }
    let x = formula("x", 2 * half)
    var y = x
    rotate(&y, cosines: cosines, sines: sines, half: half)
    for i in 0..<half {
      let (a, b) = (Double(x[i]), Double(x[half + i]))
      let (c, s) = (Double(cosines[i]), Double(sines[i]))
      #expect(abs(Double(y[i]) - (a * c - b * s)) < 1e-6)
      #expect(abs(Double(y[half + i]) - (b * c + a * s)) < 1e-6)
    }
    rotateBack(&y, cosines: cosines, sines: sines, half: half)
    expectClose(y, x.map(Double.init), 1e-6)
  }

  @Test func `attention in blocks and its derivative equal the naive twin`() {
    // A shared part of 5 keys, a branch of 6; the block holds the branch's last 4 queries.
    BLAS.prepare()
    let width = 6
    let rows = 11
    let scale: Float = 0.7
    func matrix(_ name: String) -> [Float] { formula(name, rows * width).map { $0 * 2 } }
    let (q, k, v, dOut) = (matrix("q"), matrix("k"), matrix("v"), matrix("do"))
    let block = QueryBlock(
      first: 7, count: 4, shared: KeyRows(first: 0, count: 5, visible: 5),
      own: KeyRows(first: 5, count: 6, visible: 3))
    func sees(_ query: Int, _ key: Int) -> Bool { key <= query + 7 }
    var out = [Float](repeating: 0, count: rows * width)
    var logSums = [Float](repeating: 0, count: rows)
    var scratch = [Float](repeating: .nan, count: AttentionBlock.scratch)
    var dq = [Float](repeating: 0, count: rows * width)
    var dk = dq
    var dv = dq
    q.withUnsafeBufferPointer { q in
      k.withUnsafeBufferPointer { k in
        v.withUnsafeBufferPointer { v in
          let head = HeadMatrices(
            queries: q.firstElement, queryStride: width, keys: k.firstElement,
            keyStride: width, values: v.firstElement, valueStride: width, width: width,
            scale: scale)
          attentionForward(
            block, head, into: &out, outStride: width, logSums: &logSums, logSumStride: 1,
            scratch: &scratch)
          withUnsafePointers(out, dOut, logSums) { o, d, l in
            dq.withUnsafeMutableBufferPointer { dq in
              dk.withUnsafeMutableBufferPointer { dk in
                dv.withUnsafeMutableBufferPointer { dv in
                  attentionBackward(
                    block, head,
                    HeadGradients(
                      out: o, dOut: d, outStride: width, logSums: l, logSumStride: 1,
                      queries: dq.firstElement, keys: dk.firstElement,
                      values: dv.firstElement, stride: width), scratch: &scratch)
                }
              }
            }
          }
        }
      }
    }
    func split(_ x: [Double], _ from: Int = 0) -> [[Double]] {
      (from..<x.count / width).map { Array(x[$0 * width..<($0 + 1) * width]) }
    }
    func twin(_ q: [Double], _ k: [Double], _ v: [Double]) -> [Double] {
      Naive.attention(split(q, 7), split(k), split(v), scale: Double(scale), sees: sees)
        .flatMap { $0 }
    }
    let (a, b, c) = (q.map(Double.init), k.map(Double.init), v.map(Double.init))
    let given = Array(dOut[(7 * width)...])
    expectClose(Array(out[(7 * width)...]), twin(a, b, c))
    expectClose(dq, Naive.gradient(a) { loss(twin($0, b, c), given) })
    expectClose(dk, Naive.gradient(b) { loss(twin(a, $0, c), given) })
    expectClose(dv, Naive.gradient(c) { loss(twin(a, b, $0), given) })
  }

  @Test func `AdamW equals the naive twin over several steps, decay only where it applies`() {
    let count = 70_001
    let decaying = 3..<66_000
    let g = formula("g", count)
    let start = formula("p", count)
    let p = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
    let gradients = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
    let m = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
    let v = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
    defer { [p, gradients, m, v].forEach { $0.deallocate() } }
    _ = p.initialize(from: start)
    _ = gradients.initialize(from: g)
    m.initialize(repeating: 0)
    v.initialize(repeating: 0)
    let optimizer = AdamW(weightDecay: 0.5)
    for step in 1...3 {
      optimizer.update(
        parameters: p, gradients: gradients, firstMoments: m, secondMoments: v,
        decaying: decaying, learningRate: 0.01, step: step, gradientScale: 0.5, threads: 2)
    }
    for i in [0, 2, 3, 4, 777, 65_535, 65_536, 65_999, 66_000, count - 1] {
      var (x, m1, v1) = (Double(start[i]), 0.0, 0.0)
      var (power1, power2) = (1.0, 1.0)
      for _ in 1...3 {
        let gradient = Double(g[i]) * 0.5
        if decaying.contains(i) { x -= 0.01 * 0.5 * x }
        m1 = 0.9 * m1 + 0.1 * gradient
        v1 = 0.95 * v1 + 0.05 * gradient * gradient
        power1 *= 0.9
        power2 *= 0.95
        x -= 0.01 * (m1 / (1 - power1)) / ((v1 / (1 - power2)).squareRoot() + 1e-8)
      }
      #expect(abs(Double(p[i]) - x) < 1e-6)
    }
  }

  @Test func `the norm and the count of numbers that are not finite see every element`() {
    let count = 131_077
    let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
    defer { values.deallocate() }
    _ = values.initialize(from: formula("n", count))
    let expected = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(abs(euclideanNorm(values, threads: 2) / expected - 1) < 1e-12)
    #expect(
      euclideanNorm(values, threads: 2).bitPattern
        == euclideanNorm(values, threads: 1).bitPattern)
    #expect(nonFiniteCount(values, threads: 2) == 0)
    for (index, value) in [(0, Float.nan), (65_536, .infinity), (count - 1, -.infinity)] {
      values[index] = value
    }
    #expect(nonFiniteCount(values, threads: 2) == 3)
  }
}

private func withUnsafePointers(
  _ a: [Float], _ b: [Float], _ c: [Float],
  _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
) {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      c.withUnsafeBufferPointer { c in
        body(a.firstElement, b.firstElement, c.firstElement)
      }
    }
  }
}
