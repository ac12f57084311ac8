// The panels of the Train screen: which curves each one shows, and the figures in its title.
import LancetCanvas
import LancetCore

/// A panel of curves.
enum TrainPanel: Int, CaseIterable, Hashable, Sendable {
  case loss, rewards, probes, margin, tether, gradient

  /// Its name.
  var title: String {
    switch self {
    case .loss: "loss"
    case .rewards: "rewards"
    case .probes: "probes"
    case .margin: "margin"
    case .tether: "tether"
    case .gradient: "gradient"
    }
  }

  /// What it shows, for the line under a maximised panel.
  var meaning: String {
    switch self {
    case .loss: "what is minimized; 2·ln 2 = 1.386 at the start of a spot run, ln 2 = 0.693 of dpo"
    case .rewards:
      "β·log(π/π_ref) of the right and of the wrong answer; the right one should rise, the wrong one fall"
    case .probes:
      "share of right answers to questions that are not trained on: learning against forgetting"
    case .margin: "r⁺ − r⁻, and below it the share of pairs where r⁺ is above"
    case .tether:
      "λ: the weight still put on right answers, 0.5 at the start, 0 when learned; surgery: share of gradient on edited tokens"
    case .gradient: "its length before clipping, and below it the learning rate"
    }
  }

  /// Whether a logarithmic axis makes sense: its values are never negative by nature.
  var takesLog: Bool { self == .loss || self == .gradient }
}

/// A chart of a panel, and its share of the panel's height.
struct PanelChart: Hashable {
  var chart: LineChart
  var weight: Int
}

/// A curve of a panel before it has points.
private struct Curve {
  let name: String
  let role: Role
  let stroke: Stroke
  let value: (UpdateMetrics) -> Double

  init(
    _ name: String, _ role: Role, _ stroke: Stroke = .solid,
    _ value: @escaping (UpdateMetrics) -> Double
  ) {
    self.name = name
    self.role = role
    self.stroke = stroke
    self.value = value
  }

  func series(_ updates: [UpdateMetrics], isDimmed: Bool = false) -> Series {
    Series(
      isDimmed ? "" : name, Style(role), stroke: stroke,
      points: updates.map { ChartPoint(x: Double($0.step), y: value($0)) }, isDimmed: isDimmed)
  }
}

/// The charts of a panel, the first one on top.
func trainCharts(_ panel: TrainPanel, _ state: State, height: Int) -> [PanelChart] {
  let curves = state.train.currentCurves
  let behind = state.train.behind.flatMap { state.train.curves[$0.name] }
  func chart(_ lines: [Curve], smooth: Bool = true) -> LineChart {
    var series = lines.map { $0.series(curves.updates) }
    if let behind { series += lines.map { $0.series(behind.updates, isDimmed: true) } }
    return dressed(LineChart(series), panel, state, smooth: smooth)
  }
  let isTall = height >= 9
  switch panel {
  case .loss:
    return [PanelChart(chart: chart([Curve("loss", .series1) { $0.loss }]), weight: 1)]
  case .rewards:
    var both = chart([
      Curve("r⁺", .series2) { $0.rewardChosen },
      Curve("r⁻", .series4, .dashed) { $0.rewardRejected },
    ])
    if state.train.current?.settings?.objective.usesShift == true {
      both.series.insert(Curve("δ", .series6, .dotted) { $0.delta }.series(curves.updates), at: 2)
    }
    if let headroom = state.train.current?.headroom {
      let most = curves.updates.reduce(0.0) {
        max($0, $1.rewardChosen.isFinite ? $1.rewardChosen : 0)
      }
      both.markers = [ChartMarker(headroom, "headroom \(short(headroom))")]
      // A line far above would press the curves flat; then the title names it and the axis does not.
      both.fitsMarkers = headroom < 4 * most
    }
    return [PanelChart(chart: both, weight: 1)]
  case .margin:
    let top = chart([Curve("margin", .series3) { $0.margin }])
    guard isTall else { return [PanelChart(chart: top, weight: 1)] }
    var below = chart([Curve("accuracy", .series5) { $0.accuracy }])
    below.yRange = 0...1
    return [PanelChart(chart: top, weight: 3), PanelChart(chart: below, weight: 2)]
  case .tether:
    var both = chart([
      Curve("λ", .series1) { $0.tether }, Curve("surgery", .series3, .dashed) { $0.surgery },
    ])
    both.yRange = 0...1
    return [PanelChart(chart: both, weight: 1)]
  case .gradient:
    let top = chart([Curve("gradient", .series6) { $0.gradientNorm }])
    guard isTall else { return [PanelChart(chart: top, weight: 1)] }
    var below = chart([Curve("learning rate", .series5) { $0.learningRate }], smooth: false)
    below.isLogY = false
    return [PanelChart(chart: top, weight: 3), PanelChart(chart: below, weight: 2)]
  case .probes:
    var chart = LineChart(probeSeries(curves, isDimmed: false))
    if let behind { chart.series += probeSeries(behind, isDimmed: true) }
    chart = dressed(chart, panel, state, smooth: false)
    if state.trainRange == nil { chart.xRange = state.trainSpan }
    if chart.series.contains(where: { !$0.points.isEmpty }) { chart.yRange = 0...100 }
    return [PanelChart(chart: chart, weight: 1)]
  }
}

/// One line for each suite with questions.
private func probeSeries(_ curves: RunCurves, isDimmed: Bool) -> [Series] {
  let roles: [Role] = [.series2, .series1, .series3, .series5, .series6, .series4]
  return curves.suites.enumerated().compactMap { index, suite in
    let points = curves.probes.compactMap { probe -> ChartPoint? in
      guard let accuracy = probe.suites.first(where: { $0.suite == suite })?.accuracy else {
        return nil
      }
      return ChartPoint(x: Double(probe.step), y: 100 * accuracy)
    }
    guard !points.isEmpty else { return nil }
    return Series(
      isDimmed ? "" : suite, Style(roles[index % roles.count]),
      stroke: Stroke.allCases[index % Stroke.allCases.count], points: points, isDimmed: isDimmed)
  }
}

/// The charts of a panel with their places in it, their plots below each other.
func alignedCharts(_ panel: TrainPanel, _ state: State, in rect: Rect) -> [(
  chart: LineChart, rect: Rect
)] {
  let charts = trainCharts(panel, state, height: rect.height)
  let total = charts.reduce(0) { $0 + $1.weight }
  var rest = rect
  var placed: [(chart: LineChart, rect: Rect)] = []
  for (index, one) in charts.enumerated() {
    let isLast = index == charts.count - 1
    let split = rest.splitTop(isLast ? rest.height : rect.height * one.weight / max(1, total))
    placed.append((one.chart, split.top))
    rest = split.rest
  }
  let room = placed.map { $0.chart.plot(in: $0.rect).column - $0.rect.column - 1 }.max() ?? 0
  for index in placed.indices { placed[index].chart.labelRoom = max(0, room) }
  return placed
}

/// What all charts share: the shown part, the crosshair, the smoothing, the axis.
private func dressed(
  _ chart: LineChart, _ panel: TrainPanel, _ state: State, smooth: Bool
) -> LineChart {
  var chart = chart
  chart.xRange = state.trainRange ?? state.trainSpan
  chart.smoothing = smooth ? state.train.smoothing : 0
  chart.crosshair = state.train.crosshair.map(Double.init)
  chart.isLogY = panel.takesLog && state.train.logarithmic.contains(panel)
  return chart
}

/// A figure in a panel's title: its curve's sign, its name and its value.
struct PanelFigure: Hashable {
  var sign: String
  var name: String
  var value: String
  var style: Style
}

/// The figures of a panel at the crosshair, else at the newest update.
func panelFigures(_ panel: TrainPanel, _ state: State) -> [PanelFigure] {
  let curves = state.train.currentCurves
  let update =
    state.train.crosshair.flatMap { curves.update(near: Double($0)) } ?? curves.updates.last
  func figure(
    _ name: String, _ role: Role, _ value: Double?, _ stroke: Stroke = .solid, exact: Int = 3,
    percent: Bool = false
  ) -> PanelFigure {
    let digits = state.train.crosshair == nil ? exact : 5
    let text = value.map { percent ? "\(fixed(100 * $0, 0)) %" : short($0, digits: digits) } ?? ""
    return PanelFigure(sign: stroke.sign, name: name, value: text, style: Style(role))
  }
  switch panel {
  case .loss: return [figure("", .series1, update?.loss, exact: 4)]
  case .rewards:
    var figures = [
      figure("r⁺", .series2, update?.rewardChosen),
      figure("r⁻", .series4, update?.rewardRejected, .dashed),
    ]
    if state.train.current?.settings?.objective.usesShift == true {
      figures.append(figure("δ", .series6, update?.delta, .dotted))
    }
    if let headroom = state.train.current?.headroom {
      figures.append(
        PanelFigure(
          sign: "┈", name: "headroom", value: short(headroom),
          style: Style(headroom < Headroom.enough ? .warning : .headroom)))
    }
    return figures
  case .margin:
    return [
      figure("", .series3, update?.margin),
      figure("accuracy", .series5, update?.accuracy, percent: true),
    ]
  case .tether:
    return [
      figure("λ", .series1, update?.tether),
      figure("surgery", .series3, update?.surgery, .dashed, percent: true),
    ]
  case .gradient:
    return [
      figure("", .series6, update?.gradientNorm),
      figure("lr", .series5, update?.learningRate),
    ]
  case .probes:
    guard let probe = shownProbe(state) else { return [] }
    let series = probeSeries(curves, isDimmed: false)
    return probe.suites.compactMap { suite in
      guard let line = series.first(where: { $0.name == suite.suite }),
        let accuracy = suite.accuracy
      else { return nil }
      return PanelFigure(
        sign: line.stroke.sign, name: suite.suite, value: fixed(100 * accuracy, 1),
        style: line.style)
    }
  }
}

/// The probe at or before the crosshair, else the newest.
func shownProbe(_ state: State) -> ProbeResult? {
  let probes = state.train.currentCurves.probes
  guard let crosshair = state.train.crosshair else { return probes.last }
  return probes.last { $0.step <= crosshair } ?? probes.first
}

/// The second line of the probes panel: KL to the reference and log-loss.
func probeDetail(_ state: State) -> String {
  guard let probe = shownProbe(state) else { return "" }
  return probe.suites.map { suite in
    let kl = suite.kl.map { "KL \(short($0, digits: 2)) " } ?? ""
    return "\(suite.suite) \(kl)log-loss \(short(suite.logLoss))"
  }.joined(separator: " · ")
}
