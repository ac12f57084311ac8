// Root-mean-square normalization of rows, and its derivative.

/// 1 / √(mean of x² + ε) of one row.
@inline(__always)
func inverseRMS(_ x: UnsafePointer<Float>, _ width: Int, epsilon: Float) -> Float {
  1 / (dot(x, x, width) / Float(width) + epsilon).squareRoot()
}

/// y[rows × width] = x · rstd(x) ∘ w, row by row.
func rmsNormForward(
  _ x: UnsafePointer<Float>, xStride: Int, weight: UnsafePointer<Float>, epsilon: Float,
  into y: UnsafeMutablePointer<Float>, yStride: Int, rows: Int, width: Int
) {
  for row in 0..<rows {
    let x = x + row * xStride
    let y = y + row * yStride
    let rstd = inverseRMS(x, width, epsilon: epsilon)
    var i = 0
    while i < width {
      let left = width - i
      store(load(x + i, left) * rstd * load(weight + i, left), y + i, left)
      i += 8
    }
  }
}

/// The derivative of ``rmsNormForward``: dx = residual + rstd·(dy∘w − x̂·mean(dy∘w∘x̂)) with x̂ = x·rstd, and dw += Σ dy∘x̂.
///
/// `residual` (same shape as dx, may be dx itself, nil for zero) is the gradient that reaches x on other ways.
func rmsNormBackward(
  _ dy: UnsafePointer<Float>, dyStride: Int, x: UnsafePointer<Float>, xStride: Int,
  weight: UnsafePointer<Float>, epsilon: Float, residual: UnsafePointer<Float>?,
  into dx: UnsafeMutablePointer<Float>, dxStride: Int,
  weightGradient dw: UnsafeMutablePointer<Float>,
  rows: Int, width: Int
) {
  for row in 0..<rows {
    let x = x + row * xStride
    let dy = dy + row * dyStride
    let dx = dx + row * dxStride
    let residual = residual.map { $0 + row * dxStride }
    var squares = Lanes()
    var products = Lanes()
    var i = 0
    while i < width {
      let left = width - i
      let value = load(x + i, left)
      squares += value * value
      products += value * load(dy + i, left) * load(weight + i, left)
      i += 8
    }
    let rstd = 1 / (squares.sum() / Float(width) + epsilon).squareRoot()
    let pull = products.sum() * rstd * rstd * rstd / Float(width)
    i = 0
    while i < width {
      let left = width - i
      let value = load(x + i, left)
      let gradient = load(dy + i, left)
      var out = gradient * load(weight + i, left) * rstd - value * pull
      if let residual { out += load(residual + i, left) }
      store(out, dx + i, left)
      store(load(dw + i, left) + gradient * value * rstd, dw + i, left)
      i += 8
    }
  }
}
