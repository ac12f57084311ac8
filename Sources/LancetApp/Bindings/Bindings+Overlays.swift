// What can be done in the overlays and text fields.
import LancetCanvas

/// The bindings of the overlays.
public let overlayBindings: [Binding] = []
