// `lancet plot`: curves of runs as a picture (SVG) or a table (CSV).

import LancetCLI
import LancetCanvas
import LancetCore
import LancetStore
import LancetSystem
import LancetTrainer

func runPlot(_ options: PlotOptions, _ io: CommandIO) throws -> ExitCode {
  var shelf = RunShelf(try io.runsFolder(of: options.session))
  let records = shelf.look()
  var curves: [Curve] = []
  for wanted in options.runs {
    guard let record = records.first(where: { String($0.number) == wanted || $0.name == wanted })
    else {
      throw PlotError.noSuchRun(wanted, session: options.session)
    }
    var tail = MetricsTail(RunFolder(record.path))
    var lines: [JSON] = []
    while let news = tail.poll() { lines += news.lines }
    for metric in options.metrics {
      // A figure may be called as the Train screen calls it.
      let key = RunFigure.all.first { $0.name == metric }?.key ?? metric
      let points = lines.compactMap { line in
        line["step"]?.int.flatMap { step in
          line.metric(key).map { MetricPoint(step: step, value: $0) }
        }
      }
      guard !points.isEmpty else {
        let known = lines.flatMap { $0.object ?? [] }.filter { $0.value.double != nil }.map(\.key)
        throw PlotError.noSuchMetric(metric, known: Array(Set(known)).sorted())
      }
      curves.append(Curve(run: record.name, metric: metric, points: points))
    }
  }
  let text = options.out.hasSuffix(".csv") ? table(of: curves) : picture(of: curves)
  try checkOutput(options.out, session: io.session(options.session), inputs: [])
  let file = try AtomicFile(options.out, .named)
  try file.write(text)
  try file.finish()
  if options.json {
    for curve in curves {
      try io.write(
        .object([
          .init("run", .string(curve.run)), .init("metric", .string(curve.metric)),
          .init("points", .int(curve.points.count)), .init("out", .string(options.out)),
        ]))
    }
  } else {
    io.note("\(counted(curves.count, "curve")) in \(options.out)")
  }
  return .done
}

/// One number of a run at one update; not finite where the file holds none.
struct MetricPoint: Hashable {
  /// Updates taken, this one included.
  var step: Int
  /// The number.
  var value: Double
}

/// All points of one metric of one run.
struct Curve {
  var run: String
  var metric: String
  var points: [MetricPoint]
}

/// One row a point; a value that is not finite is empty.
func table(of curves: [Curve]) -> String {
  var lines = ["run,metric,step,value"]
  for curve in curves {
    for point in curve.points {
      let value = point.value.isFinite ? "\(point.value)" : ""
      lines.append("\(csvField(curve.run)),\(csvField(curve.metric)),\(point.step),\(value)")
    }
  }
  return lines.joined(separator: "\n") + "\n"
}

/// An SVG picture: axes with ticks, one polyline a curve (broken where a value is not finite), and a legend.
func picture(of curves: [Curve]) -> String {
  let (width, height, left, right, top, bottom) = (900.0, 480.0, 70.0, 20.0, 20.0, 40.0)
  let finite = curves.flatMap(\.points).filter { $0.value.isFinite }
  let steps = finite.map { Double($0.step) }
  let values = finite.map(\.value)
  let (x0, x1) = spread(steps.min() ?? 0, steps.max() ?? 1)
  let (y0, y1) = spread(values.min() ?? 0, values.max() ?? 1)
  func x(_ step: Double) -> Double { left + (step - x0) / (x1 - x0) * (width - left - right) }
  func y(_ value: Double) -> Double {
    height - bottom - (value - y0) / (y1 - y0) * (height - top - bottom)
  }
  func n(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
  let inks = [
    "#2f6fb0", "#c2571a", "#3a8a4d", "#8a4fa3", "#a8323e", "#5f6b76", "#b58b00", "#008b8b",
  ]
  var svg: [String] = [
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Int(width))\" height=\"\(Int(height))\" "
      + "font-family=\"sans-serif\" font-size=\"12\">",
    "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
  ]
  for tick in Axis(y0...y1).ticks(5) {
    svg.append(
      "<line x1=\"\(n(left))\" x2=\"\(n(width - right))\" y1=\"\(n(y(tick)))\" y2=\"\(n(y(tick)))\" stroke=\"#dddddd\"/>"
    )
    svg.append(
      "<text x=\"\(n(left - 8))\" y=\"\(n(y(tick) + 4))\" text-anchor=\"end\">\(short(tick))</text>"
    )
  }
  for tick in Axis(x0...x1).ticks(5) {
    svg.append(
      "<text x=\"\(n(x(tick)))\" y=\"\(n(height - bottom + 18))\" text-anchor=\"middle\">\(short(tick))</text>"
    )
  }
  svg.append(
    "<text x=\"\(n(width / 2))\" y=\"\(n(height - 6))\" text-anchor=\"middle\">update</text>")
  for (index, curve) in curves.enumerated() {
    let ink = inks[index % inks.count]
    for piece in curve.points.split(whereSeparator: { !$0.value.isFinite }) {
      let path = piece.map { "\(n(x(Double($0.step)))),\(n(y($0.value)))" }.joined(separator: " ")
      svg.append(
        "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(ink)\" stroke-width=\"1.5\"/>")
    }
    let line = top + 14 + Double(index) * 16
    svg.append(
      "<rect x=\"\(n(width - right - 230))\" y=\"\(n(line - 9))\" width=\"10\" height=\"10\" fill=\"\(ink)\"/>"
    )
    svg.append(
      "<text x=\"\(n(width - right - 214))\" y=\"\(n(line))\">\(xmlText(curve.run)) \(xmlText(curve.metric))</text>"
    )
  }
  svg.append("</svg>")
  return svg.joined(separator: "\n") + "\n"
}

/// A range that is not empty.
private func spread(_ low: Double, _ high: Double) -> (Double, Double) {
  low < high ? (low, high) : (low - 0.5, high + 0.5)
}
