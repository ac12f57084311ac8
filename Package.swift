// swift-tools-version: 6.2
// The house, top layer first. An import points down only; neighbours do not know each other.
// `.ci/run` holds the arrows with --explicit-target-dependency-import-check error.
import PackageDescription

/// What every target agrees on: Swift 6 mode, every warning an error.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// The numeric kernels are unusable unoptimized, so the tests optimize these targets too.
let numeric: [SwiftSetting] =
  strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "lancet",
  products: [
    .executable(name: "lancet", targets: ["lancet"]),
    .executable(name: "lancet-bench", targets: ["lancet-bench"]),
  ],
  targets: [
    .executableTarget(
      name: "lancet",
      dependencies: [
        "LancetCLI", "LancetApp", "LancetTerminal", "LancetStore", "LancetOracle",
        "LancetTrainer", "LancetModel", "LancetSystem", "LancetCanvas", "LancetCore",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "lancet-bench",
      dependencies: [
        "LancetApp", "LancetStore", "LancetOracle", "LancetTrainer", "LancetModel",
        "LancetCanvas", "LancetCore", "COpenBLAS",
      ],
      swiftSettings: strict),
    .target(name: "LancetCLI", dependencies: ["LancetCore"], swiftSettings: strict),
    .target(
      name: "LancetApp", dependencies: ["LancetCore", "LancetCanvas"], swiftSettings: strict),
    .target(
      name: "LancetTerminal", dependencies: ["LancetSystem", "LancetCanvas", "CNcurses"],
      swiftSettings: strict),
    .target(
      name: "LancetStore", dependencies: ["LancetSystem", "LancetCore", "CSQLite"],
      swiftSettings: strict),
    .target(name: "LancetOracle", dependencies: ["LancetCore"], swiftSettings: strict),
    .target(
      name: "LancetTrainer", dependencies: ["LancetCore", "LancetModel", "LancetSystem"],
      swiftSettings: numeric),
    .target(
      name: "LancetModel", dependencies: ["LancetCore", "LancetSystem", "COpenBLAS"],
      swiftSettings: numeric),
    .target(
      name: "LancetSystem", dependencies: ["LancetCore", "CSystem"], swiftSettings: strict),
    .target(
      name: "LancetCanvas",
      resources: [.embedInCode("Themes")],  // a link to Themes/: the texts live in the program
      swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m")]),  // rounding; nothing else would bring it along
    .target(name: "LancetCore", swiftSettings: numeric),
    .target(
      name: "CNcurses",
      cSettings: [.treatAllWarnings(as: .error)],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .systemLibrary(name: "CSystem"),
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "COpenBLAS"),

    .testTarget(name: "LancetCoreTests", dependencies: ["LancetCore"], swiftSettings: strict),
    .testTarget(name: "LancetCanvasTests", dependencies: ["LancetCanvas"], swiftSettings: strict),
    .testTarget(
      name: "LancetSystemTests", dependencies: ["LancetSystem", "LancetCore"],
      swiftSettings: strict),
    .testTarget(
      name: "LancetAppTests", dependencies: ["LancetApp", "LancetCanvas", "LancetCore"],
      swiftSettings: strict),
    .testTarget(
      name: "LancetTerminalTests", dependencies: ["LancetTerminal", "LancetCanvas"],
      swiftSettings: strict),
    .testTarget(
      name: "LancetStoreTests", dependencies: ["LancetStore", "LancetSystem", "LancetCore"],
      swiftSettings: strict),
    .testTarget(
      name: "LancetOracleTests", dependencies: ["LancetOracle", "LancetCore"],
      swiftSettings: strict),
    .testTarget(
      name: "LancetModelTests", dependencies: ["LancetModel", "LancetCore"],
      exclude: ["Recorded"],
      swiftSettings: strict),
    .testTarget(
      name: "LancetTrainerTests",
      dependencies: ["LancetTrainer", "LancetModel", "LancetSystem", "LancetCore"],
      exclude: ["Recorded"],
      swiftSettings: strict),
    .testTarget(
      name: "LancetCLITests", dependencies: ["LancetCLI", "LancetCore"], swiftSettings: strict),
    .testTarget(
      name: "LancetTests",
      dependencies: [
        "lancet", "LancetCLI", "LancetApp", "LancetStore", "LancetTrainer", "LancetModel",
        "LancetTerminal", "LancetSystem", "LancetCore",
      ],
      swiftSettings: strict),
  ]
)
