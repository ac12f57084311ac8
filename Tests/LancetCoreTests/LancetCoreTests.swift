import Testing

@testable import LancetCore
