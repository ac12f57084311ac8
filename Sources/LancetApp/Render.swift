// The workbench on a canvas: header, the screen's own area, footer, and the overlay over them.
import LancetCanvas
import LancetCore

/// Draws the whole workbench. Touches only what is visible.
public func render(_ state: State, on canvas: inout Canvas) {
}
