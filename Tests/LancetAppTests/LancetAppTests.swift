import Testing

@testable import LancetApp
