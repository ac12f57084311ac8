// The gated activation of the feed-forward layer, silu(gate) ∘ up, and its derivative.

/// act[rows × width] = silu(g) ∘ u, where a row of `gateUp` is g then u (2·width floats).
func swigluForward(
  _ gateUp: UnsafePointer<Float>, into act: UnsafeMutablePointer<Float>, rows: Int, width: Int
) {
  for row in 0..<rows {
    let gate = gateUp + row * 2 * width
    let up = gate + width
    let act = act + row * width
    var i = 0
    while i < width {
      let left = width - i
      let g = load(gate + i, left)
      store(g / (1 + exponential(-g)) * load(up + i, left), act + i, left)
      i += 8
    }
  }
}

/// The derivative of ``swigluForward``: `gateUp` is replaced by its gradient, `dAct` by act itself.
func swigluBackward(
  _ gateUp: UnsafeMutablePointer<Float>, dAct: UnsafePointer<Float>,
  act: UnsafeMutablePointer<Float>, rows: Int, width: Int
) {
  for row in 0..<rows {
    let gate = gateUp + row * 2 * width
    let up = gate + width
    let dAct = dAct + row * width
    let act = act + row * width
    var i = 0
    while i < width {
      let left = width - i
      let g = load(gate + i, left)
      let u = load(up + i, left)
      let d = load(dAct + i, left)
      let sigmoid = 1 / (1 + exponential(-g))
      let silu = g * sigmoid
      store(silu * u, act + i, left)
      store(d * silu, up + i, left)
      // silu′ = σ + g·σ·(1 − σ) = σ + silu·(1 − σ)
      store(d * u * (sigmoid + silu * (1 - sigmoid)), gate + i, left)
      i += 8
    }
  }
}
