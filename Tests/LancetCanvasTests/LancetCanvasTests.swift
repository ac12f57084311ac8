import Testing

@testable import LancetCanvas
