// What can be done on the Review screen.
import LancetCanvas
import LancetCore

/// The bindings of the Review screen, in the order of its help.
public let reviewBindings: [Binding] = []
