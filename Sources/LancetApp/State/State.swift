// The workbench as one value. `update` changes it, `render` draws it; nothing else is remembered anywhere.
import LancetCanvas
import LancetCore

/// The session the workbench has open.
public struct SessionInfo: Hashable, Sendable {
  /// The name without folder and ending.
  public var name: String
  /// The file.
  public var path: String
  /// Why nothing may be decided here; nil when the session is open for writing.
  public var readOnly: String?
  /// The bar for R; 0.6 unless the session says otherwise.
  public var gamma: Double
  /// The token limit shown beside a trace's length.
  public var tokenLimit: Int

  /// A session as the workbench knows it.
  public init(
    name: String, path: String, readOnly: String? = nil, gamma: Double = 0.6,
    tokenLimit: Int = 8192
  ) {
    self.name = name
    self.path = path
    self.readOnly = readOnly
    self.gamma = gamma
    self.tokenLimit = tokenLimit
  }
}

/// Everything the workbench knows.
public struct State: Sendable {
  /// The terminal's size in cells.
  public var size: Size
  /// The time of the last event.
  public var now: Moment
  /// The screen under the overlays.
  public var screen: ScreenID = .queue
  /// What lies over the screen and takes the keys.
  public var overlay: Overlay?
  /// The session on screen.
  public var session: SessionInfo
  /// What waits for the store, and when it last said "saved".
  public var saving = Saving()
  /// One sentence about what just happened; drawn on the rule above the footer.
  public var notice: Notice?
  /// The traces of the session.
  public var queue = QueueState()
  /// The trace under review; nil until one was opened.
  public var review: ReviewState?
  /// The trace that was asked for and is not here yet, and the hunk to put the cursor on.
  public var opening: Place?
  /// The hunk to put the cursor on when only its key is known.
  var openingKey: HunkKey?
  /// Where the last sitting ended, until that row is here; and the hunk to go to when that trace is opened.
  var resuming: Place?
  var resumeHunk: Place?
  /// The folds of traces around the cursor, so that the next one opens at once.
  public var loaded = LoadedTraces()
  /// The runs and their curves.
  public var train = TrainState()
  /// How long an approved pair takes, from the approvals of this sitting.
  public var pace = Pace()
  /// The one table of keys, with the person's own keys applied.
  public var bindings: BindingTable
  /// The themes to choose from and the one in use.
  public var themes: Themes
  /// Whether clicks and the wheel come to Lancet instead of the terminal.
  public var mouse = true
  /// The last click, to tell a double click.
  public var lastClick: Click?
  /// What was typed into the palette before, newest last.
  public var paletteHistory: [String] = []

  /// A workbench on this session, with nothing loaded yet.
  public init(
    size: Size, now: Moment, session: SessionInfo, themes: Themes,
    bindings: BindingTable = .shipped
  ) {
    self.size = size
    self.now = now
    self.session = session
    self.themes = themes
    self.bindings = bindings
  }

  /// The theme to paint with; the picker's while it is open.
  public var theme: Theme { themes.current }
}

/// A trace, and the number of a hunk in it.
public struct Place: Hashable, Sendable {
  /// The trace.
  public var trace: TraceID
  /// The hunk as people number it, from 1; nil for the first undecided one.
  public var hunk: Int?

  /// A place in the session.
  public init(trace: TraceID, hunk: Int? = nil) {
    self.trace = trace
    self.hunk = hunk
  }
}

/// A click with its time.
public struct Click: Hashable, Sendable {
  /// The cell.
  public var row: Int
  /// Its column.
  public var column: Int
  /// Seconds on the workbench's clock.
  public var seconds: Double

  /// A click at a cell and a time.
  public init(row: Int, column: Int, seconds: Double) {
    self.row = row
    self.column = column
    self.seconds = seconds
  }
}
